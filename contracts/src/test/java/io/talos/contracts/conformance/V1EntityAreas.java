package io.talos.contracts.conformance;

import io.talos.contracts.interop.V1Entities;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.stream.Collectors;

/** Directory entities of Talos 1.x. */
public final class V1EntityAreas {
  private V1EntityAreas() {}

  /** Principals, organisations and teams. */
  public static final class Identity implements AreaRunner {
    private final V1Entities entities = new V1Entities(new SchemaLibrary());

    @Override
    public String area() {
      return "identity-entities";
    }

    @Override
    public Outcome run(JsonObject input) {
      return validate(entities, input);
    }
  }

  /** Roles and bindings. */
  public static final class Rbac implements AreaRunner {
    private final V1Entities entities = new V1Entities(new SchemaLibrary());

    @Override
    public String area() {
      return "rbac-entities";
    }

    @Override
    public Outcome run(JsonObject input) {
      return validate(entities, input);
    }
  }

  private static Outcome validate(V1Entities entities, JsonObject input) {
    String type = input.getString("type");
    if (!input.getString("op").equals("validate") || !V1Entities.isType(type)) {
      throw Outcome.unknown(input.getString("op") + " " + type);
    }
    Set<String> keywords =
        entities.violations(type, input.getOrDefault("value", JsonValue.NULL)).stream()
            .map(SchemaLibrary.Violation::keyword)
            .collect(Collectors.toSet());
    return keywords.isEmpty()
        ? Outcome.accepted().with("violations", JsonValue.EMPTY_JSON_ARRAY)
        : Outcome.refused().with("keywords", Json.createArrayBuilder(keywords).build());
  }
}
