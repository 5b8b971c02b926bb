package bad.talos.identity.keys;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Searches the class path for every object. */
final class LooksForJson {
  JsonObject empty() {
    return Json.createObjectBuilder().build();
  }
}
