package bad.talos.identity.keys;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** A feature that speaks JSON, as it may. */
final class FeatureWithJson {
  static final JsonObject EMPTY = JsonValue.EMPTY_JSON_OBJECT;
}
