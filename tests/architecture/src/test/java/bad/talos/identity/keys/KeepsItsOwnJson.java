package bad.talos.identity.keys;

import jakarta.json.spi.JsonProvider;

/** A second place that looks. */
final class KeepsItsOwnJson {
  private final JsonProvider json = JsonProvider.provider();

  JsonProvider json() {
    return json;
  }
}
