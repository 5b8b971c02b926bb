package bad.talos.identity.keys;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** A feature that speaks JSON, as it may. */
final class FeatureWithJson {
  static final JsonObject EMPTY = Json.createObjectBuilder().build();
}
