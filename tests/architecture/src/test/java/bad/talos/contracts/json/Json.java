package bad.talos.contracts.json;

import jakarta.json.spi.JsonProvider;

/** The one place that may look. */
final class Json {
  static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}
}
