package io.talos.contracts.conformance;

import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;

/** UUID version 7 in its one text form. */
public final class UuidV7Area implements AreaRunner {
  @Override
  public String area() {
    return "uuidv7";
  }

  @Override
  public Outcome run(JsonObject input) {
    if (!input.getString("op").equals("validate")) {
      throw Outcome.unknown(input.getString("op"));
    }
    String text = input.getString("text");
    return Outcome.accepted().as(new UuidV7(text).toString().equals(text));
  }
}
