package io.talos.contracts.conformance;

import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import java.util.List;

/** The registry's codes and the names that Talos 1.x has for them. */
public final class ErrorMappingArea implements AreaRunner {
  @Override
  public String area() {
    return "error-mapping";
  }

  @Override
  public Outcome run(JsonObject input) {
    if (!input.getString("op").equals("http-status")) {
      throw Outcome.unknown(input.getString("op"));
    }
    String code = input.getString("code");
    List<JsonObject> codes =
        Registries.read("error_codes").getJsonArray("codes").getValuesAs(JsonObject.class).stream()
            .filter(
                c -> c.getString("code").equals(code) || c.getString("alias_1x", "").equals(code))
            .toList();
    return codes.size() == 1
        ? Outcome.accepted().with("http_status", codes.get(0).getInt("http_status"))
        : Outcome.refused();
  }
}
