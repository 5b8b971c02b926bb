package io.talos.contracts.interop;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the directory entities of Talos 1.x: principals, organisations, teams, roles and bindings.
 *
 * <p>A principal's {@code auth_mode} decides what else it has: a signed one names a team and a
 * signer's key, a bearer a team and no signer's key (not even {@code null}), the anonymous one is
 * called {@code anonymous} and has neither. Names of modes and states are case-sensitive.
 *
 * <p>Source: the schemas {@code interop/principal.v2}, {@code org.v2}, {@code team.v2}, {@code
 * rbac_role.v1}, {@code rbac_binding.v1}.
 *
 * <p>Refuses with: {@link ErrorCode#SCHEMA_VALIDATION_ERROR}.
 */
public final class V1Entities {
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "principal", "interop/principal.v2",
          "org", "interop/org.v2",
          "team", "interop/team.v2",
          "role", "interop/rbac_role.v1",
          "binding", "interop/rbac_binding.v1");

  private final SchemaLibrary schemas;

  /** Checks against {@code schemas}. */
  public V1Entities(SchemaLibrary schemas) {
    this.schemas = schemas;
  }

  /** Whether there are entities of this type. */
  public static boolean isType(String type) {
    return SCHEMAS.containsKey(type);
  }

  /** What does not fit; empty when {@code value} is an entity of {@code type}. */
  public List<SchemaLibrary.Violation> violations(String type, JsonValue value) {
    String schema =
        Optional.ofNullable(SCHEMAS.get(type))
            .orElseThrow(
                () -> new TalosException(ErrorCode.SCHEMA_VALIDATION_ERROR, "no such entity"));
    return schemas.violations(schema, value);
  }

  /** The entity, when {@code value} is one. */
  public JsonObject require(String type, JsonValue value) {
    if (!violations(type, value).isEmpty()) {
      throw new TalosException(ErrorCode.SCHEMA_VALIDATION_ERROR, "no " + type + " of Talos 1.x");
    }
    return value.asJsonObject();
  }
}
