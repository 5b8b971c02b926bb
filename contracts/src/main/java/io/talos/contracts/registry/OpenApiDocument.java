package io.talos.contracts.registry;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole OpenAPI document: the areas' path fragments of {@code contracts/openapi}, with every
 * schema that they name carried along, so that the document stands alone.
 *
 * <p>Source: OpenAPI Specification 3.1.0 §4.8.
 */
public final class OpenApiDocument {
  private static final List<String> AREAS =
      List.of("identity", "policy", "a2a", "audit", "secrets", "gateway");
  private static final String SCHEMA_PREFIX = "../schemas/";
  private static final int SCHEMAS_MAX = 1000;

  /** Schemas by component name; it grows while references are followed. */
  private final Map<String, JsonValue> schemas = new TreeMap<>();

  private OpenApiDocument() {}

  /** Writes the document to the file that the first argument names; the build calls it. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.write(target, assemble().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The document. */
  public static JsonObject assemble() {
    return new OpenApiDocument().document();
  }

  private JsonObject document() {
    JsonObject base = Registries.resource("openapi/base.json");
    JsonObjectBuilder paths = Json.createObjectBuilder();
    for (String area : AREAS) {
      JsonObject fragment = Registries.resource("openapi/" + area + ".json");
      fragment
          .getJsonObject("paths")
          .forEach((path, item) -> paths.add(path, rewritten(item, SCHEMA_PREFIX, "")));
    }
    JsonObjectBuilder components = Json.createObjectBuilder(base.getJsonObject("components"));
    JsonObjectBuilder all = Json.createObjectBuilder();
    JsonObject builtPaths = paths.build();
    schemas.forEach(all::add);
    return Json.createObjectBuilder(base)
        .add("paths", builtPaths)
        .add("components", components.add("schemas", all))
        .build();
  }

  /**
   * The value with every reference turned into one inside this document.
   *
   * @param prefix what a reference to a schema file starts with here
   * @param self the component that the value is part of, empty in a path fragment
   */
  private JsonValue rewritten(JsonValue value, String prefix, String self) {
    if (value instanceof JsonObject object) {
      JsonObjectBuilder copy = Json.createObjectBuilder();
      object.forEach(
          (name, member) ->
              copy.add(
                  name,
                  name.equals("$ref") && member instanceof JsonString reference
                      ? Json.createValue(target(reference.getString(), prefix, self))
                      : rewritten(member, prefix, self)));
      return copy.build();
    }
    if (value.getValueType() == JsonValue.ValueType.ARRAY) {
      JsonArrayBuilder copy = Json.createArrayBuilder();
      value.asJsonArray().forEach(element -> copy.add(rewritten(element, prefix, self)));
      return copy.build();
    }
    return value;
  }

  private String target(String reference, String prefix, String self) {
    if (reference.startsWith("#")) {
      return self.isEmpty() ? reference : component(self) + reference.substring(1);
    }
    if (!prefix.isEmpty() && reference.startsWith(prefix)) {
      return include(reference.substring(prefix.length()));
    }
    String absolute = URI.create(SchemaLibrary.BASE + self).resolve(reference).toString();
    if (!absolute.startsWith(SchemaLibrary.BASE)) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "foreign reference " + reference);
    }
    return include(absolute.substring(SchemaLibrary.BASE.length()));
  }

  private String include(String reference) {
    int hash = reference.indexOf('#');
    String file = hash < 0 ? reference : reference.substring(0, hash);
    String inside = hash < 0 ? "" : reference.substring(hash + 1);
    String name = name(file);
    if (!schemas.containsKey(name)) {
      if (schemas.size() >= SCHEMAS_MAX) {
        throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "too many schemas");
      }
      // Held open before it is rewritten, because a schema may refer to itself.
      schemas.put(name, JsonValue.TRUE);
      JsonObject schema =
          Json.createObjectBuilder(Registries.resource("schemas/" + file))
              .remove("$id")
              .remove("$schema")
              .build();
      schemas.put(name, rewritten(schema, "", file));
    }
    return component(file) + inside;
  }

  private static String component(String file) {
    return "#/components/schemas/" + name(file);
  }

  private static String name(String file) {
    return file.replaceFirst("\\.json$", "").replace('/', '_');
  }
}
