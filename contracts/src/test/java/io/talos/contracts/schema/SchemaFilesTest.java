package io.talos.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.json.Limits;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every schema says everything: nobody can send members that it does not name, nor texts, lists and
 * numbers without an end.
 */
class SchemaFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("talos.root", ".."), "contracts", "schemas");

  /** A quantifier without an upper bound. */
  private static final Pattern ENDLESS = Pattern.compile("(?<!\\\\)[*+]|\\{\\d+,}");

  /** Keywords whose members are schemas under names of the author's choice. */
  private static final Set<String> MAPS_OF_SCHEMAS =
      Set.of("properties", "$defs", "dependentSchemas");

  /** Keywords whose members are plain values, not schemas. */
  private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

  private final SchemaLibrary library = new SchemaLibrary();

  @Test
  void every_schema_file_compiles_and_has_its_own_id() throws IOException {
    List<String> names = names();

    for (String name : names) {
      library.violations(name, JsonValue.EMPTY_JSON_OBJECT);
      assertThat(Registries.resource("schemas/" + name + ".json").getString("$id"))
          .isEqualTo(SchemaLibrary.BASE + name + ".json");
    }

    assertThat(names).isNotEmpty();
    System.out.println("schemas compiled: " + names.size());
  }

  @Test
  void no_schema_leaves_anything_unbounded() throws IOException {
    List<String> loose = new ArrayList<>();

    for (String name : names()) {
      check(name + "#", Registries.resource("schemas/" + name + ".json"), loose);
    }

    assertThat(loose).isEmpty();
  }

  private static void check(String at, JsonObject schema, List<String> loose) {
    Set<String> types = types(schema);
    boolean closed = schema.containsKey("const") || schema.containsKey("enum");
    if (types.contains("object") && !isBoundedObject(schema)) {
      loose.add(at + " takes members that it does not name");
    }
    if (types.contains("string") && !closed && !isBoundedString(schema)) {
      loose.add(at + " takes endless texts");
    }
    if (types.contains("array") && !closed && !isBoundedArray(schema)) {
      loose.add(at + " takes endless lists");
    }
    if ((types.contains("integer") || types.contains("number")) && !closed && !isBounded(schema)) {
      loose.add(at + " takes numbers that JSON readers do not keep");
    }
    if (schema.containsKey("patternProperties")) {
      loose.add(at + " uses patternProperties, whose patterns are not ours");
    }
    if (schema.containsKey("pattern") && !isAnchored(schema.getString("pattern"))) {
      loose.add(at + " has a pattern that may match anywhere inside");
    }
    children(at, schema, loose);
  }

  private static void children(String at, JsonObject schema, List<String> loose) {
    for (Map.Entry<String, JsonValue> member : schema.entrySet()) {
      String below = at + "/" + member.getKey();
      JsonValue value = member.getValue();
      if (VALUES.contains(member.getKey())) {
        continue;
      }
      if (MAPS_OF_SCHEMAS.contains(member.getKey())) {
        value
            .asJsonObject()
            .forEach(
                (name, child) -> {
                  if (child instanceof JsonObject object) {
                    check(below + "/" + name, object, loose);
                  }
                });
      } else if (value instanceof JsonObject object) {
        check(below, object, loose);
      } else if (value instanceof JsonArray array) {
        array.stream()
            .filter(JsonObject.class::isInstance)
            .forEach(child -> check(below, child.asJsonObject(), loose));
      }
    }
  }

  private static Set<String> types(JsonObject schema) {
    JsonValue type = schema.getOrDefault("type", JsonValue.NULL);
    if (type instanceof JsonString one) {
      return Set.of(one.getString());
    }
    return type instanceof JsonArray several
        ? Set.copyOf(several.getValuesAs(JsonString::getString))
        : Set.of();
  }

  /** Closed, or a map whose members have one schema and a number of at most some. */
  private static boolean isBoundedObject(JsonObject schema) {
    JsonValue others = schema.getOrDefault("additionalProperties", JsonValue.TRUE);
    return others.equals(JsonValue.FALSE)
        || schema.getOrDefault("unevaluatedProperties", JsonValue.TRUE).equals(JsonValue.FALSE)
        || (others instanceof JsonObject && schema.containsKey("maxProperties"))
        || isOpenForAReason(schema);
  }

  /** Another standard wants it open, or another schema checks it; it says so, and has an end. */
  private static boolean isOpenForAReason(JsonObject schema) {
    return schema.getString("$comment", "").startsWith("Open: ")
        && schema.getBoolean("additionalProperties", false)
        && schema.containsKey("maxProperties");
  }

  private static boolean isBoundedString(JsonObject schema) {
    return schema.containsKey("maxLength")
        || (schema.containsKey("pattern") && !ENDLESS.matcher(schema.getString("pattern")).find());
  }

  private static boolean isBoundedArray(JsonObject schema) {
    return schema.containsKey("maxItems")
        || (schema.containsKey("prefixItems")
            && schema.getOrDefault("items", JsonValue.TRUE).equals(JsonValue.FALSE));
  }

  private static boolean isBounded(JsonObject schema) {
    return schema.get("minimum") instanceof JsonNumber least
        && schema.get("maximum") instanceof JsonNumber most
        && least.longValueExact() >= -Limits.INTEGER_MAX
        && most.longValueExact() <= Limits.INTEGER_MAX;
  }

  private static boolean isAnchored(String pattern) {
    return pattern.startsWith("^");
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
          .map(file -> file.replaceFirst("\\.json$", ""))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
