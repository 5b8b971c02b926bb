package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI fragments describe every surface, and nothing that is not one. */
class OpenApiTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
  private static final String SCHEMAS = "../schemas/";

  private final Tree tree = Tree.ofTalos();

  /** An operation as OpenAPI describes it; {@code bodies} are the schema files of its request. */
  private record Operation(String id, String route, boolean hasBody, Set<String> bodies) {}

  @Test
  void operations_and_surfaces_agree() {
    assertThat(problems(SurfaceRegistry.load().all(), fragments())).isEmpty();
  }

  @Test
  void every_reference_to_a_schema_leads_to_one() {
    assertThat(referenceProblems(fragments(), path -> tree.has("contracts/schemas/" + path)))
        .isEmpty();
  }

  @Test
  void an_operation_that_is_not_a_surface_is_found() {
    assertThat(problems(List.of(), List.of(fragment("get", "bad.list", "/bad/{tile}", ""))))
        .containsExactly("bad.list GET /bad/{tile} is described and is no surface");
  }

  @Test
  void a_surface_that_is_not_described_is_found() {
    assertThat(problems(List.of(surface(Optional.empty())), List.of()))
        .containsExactly("bad.list GET /bad/{tile} is a surface and not described");
  }

  @Test
  void a_surface_under_another_name_is_found_both_ways() {
    JsonObject renamed = fragment("get", "bad.other", "/bad/{tile}", "");

    assertThat(problems(List.of(surface(Optional.empty())), List.of(renamed))).hasSize(2);
  }

  @Test
  void a_rest_parameter_is_the_same_route() {
    JsonObject same = fragment("get", "bad.list", "/bad/{tile}", "");

    assertThat(problems(List.of(surface(Optional.empty())), List.of(same))).isEmpty();
  }

  @Test
  void a_body_of_another_schema_is_found() {
    JsonObject other =
        fragment(
            "get",
            "bad.list",
            "/bad/{tile}",
            ", 'requestBody': {'content': {'application/json': {'schema': {'$ref':"
                + " '../schemas/bad/other.v1.json'}}}}");

    assertThat(problems(List.of(surface(Optional.of("bad/right.v1"))), List.of(other)))
        .containsExactly("bad.list describes another body than bad/right.v1");
    assertThat(problems(List.of(surface(Optional.empty())), List.of(other)))
        .containsExactly("bad.list describes a body and takes none");
  }

  @Test
  void a_reference_into_nothing_is_found() {
    JsonObject lost =
        fragment("get", "bad.list", "/bad", ", 'x': [{'$ref': '../schemas/bad/lost.v1.json#/y'}]");

    assertThat(referenceProblems(List.of(lost), path -> false))
        .containsExactly("no schema ../schemas/bad/lost.v1.json#/y");
  }

  private static Surface surface(Optional<String> body) {
    return new Surface(
        "bad.list",
        "GET",
        "/bad/{tile+}",
        Set.of(),
        Optional.of("a test"),
        false,
        "",
        Surface.CapabilityUse.NONE,
        body,
        1024,
        new Surface.Rate(1, 1));
  }

  private static JsonObject fragment(String method, String id, String path, String more) {
    return Tree.parse(
        ("{'paths': {'"
                + path
                + "': {'"
                + method
                + "': {'operationId': '"
                + id
                + "'"
                + more
                + "}}}}")
            .replace('\'', '"'));
  }

  private List<JsonObject> fragments() {
    return tree.sources(path -> path.matches("contracts/openapi/[^/]+\\.json")).stream()
        .map(source -> Tree.parse(source.text()))
        .toList();
  }

  static List<String> problems(List<Surface> surfaces, List<JsonObject> fragments) {
    List<String> problems = new ArrayList<>();
    Map<String, Operation> described = new TreeMap<>();
    for (Operation operation : fragments.stream().flatMap(OpenApiTest::operations).toList()) {
      if (described.put(operation.id() + " " + operation.route(), operation) != null) {
        problems.add(operation.id() + " is described twice");
      }
    }
    Set<String> known = new HashSet<>();
    for (Surface surface : surfaces) {
      String key = surface.id() + " " + surface.method() + " " + surface.path().replace("+}", "}");
      known.add(key);
      Operation operation = described.get(key);
      if (operation == null) {
        problems.add(key + " is a surface and not described");
      } else {
        checkBody(surface, operation, problems);
      }
    }
    described.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> problems.add(key + " is described and is no surface"));
    return problems;
  }

  private static void checkBody(Surface surface, Operation operation, List<String> problems) {
    if (surface.body().isEmpty() && operation.hasBody()) {
      problems.add(surface.id() + " describes a body and takes none");
    }
    surface
        .body()
        .filter(
            name ->
                !operation.hasBody()
                    || (!Set.of("json-rpc", "text").contains(name)
                        && !operation.bodies().equals(Set.of(SCHEMAS + name + ".json"))))
        .ifPresent(name -> problems.add(surface.id() + " describes another body than " + name));
  }

  private static Stream<Operation> operations(JsonObject fragment) {
    JsonObject paths =
        fragment.containsKey("paths")
            ? fragment.getJsonObject("paths")
            : JsonValue.EMPTY_JSON_OBJECT;
    return paths.entrySet().stream()
        .flatMap(
            path ->
                path.getValue().asJsonObject().entrySet().stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .map(
                        member ->
                            operation(
                                member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                member.getValue().asJsonObject())));
  }

  private static Operation operation(String route, JsonObject json) {
    JsonValue body = json.getOrDefault("requestBody", JsonValue.NULL);
    return new Operation(
        json.getString("operationId", ""),
        route,
        body != JsonValue.NULL,
        references(body).collect(Collectors.toSet()));
  }

  static List<String> referenceProblems(List<JsonObject> fragments, Predicate<String> exists) {
    return fragments.stream()
        .flatMap(OpenApiTest::references)
        .filter(reference -> reference.startsWith(SCHEMAS))
        .filter(r -> !exists.test(r.substring(SCHEMAS.length()).replaceFirst("#.*", "")))
        .map("no schema "::concat)
        .toList();
  }

  /** Every {@code $ref} below {@code value}. */
  private static Stream<String> references(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT ->
          value.asJsonObject().entrySet().stream()
              .flatMap(
                  member ->
                      member.getKey().equals("$ref") && member.getValue() instanceof JsonString text
                          ? Stream.of(text.getString())
                          : references(member.getValue()));
      case ARRAY -> value.asJsonArray().stream().flatMap(OpenApiTest::references);
      default -> Stream.empty();
    };
  }
}
