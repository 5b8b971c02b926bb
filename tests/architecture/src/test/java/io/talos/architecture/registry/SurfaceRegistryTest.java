package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.gateway.TalosApplication;
import io.talos.gateway.chain.Routes;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is served is declared, what is declared is served, may be allowed, and has its schema. */
class SurfaceRegistryTest {
  private static final Pattern PERMISSION =
      Pattern.compile("[a-z0-9]+:[a-z0-9_]+(-[a-z0-9_]+)*:[a-z_]+");

  /** Bodies that no schema of ours describes. */
  private static final Set<String> WITHOUT_SCHEMA = Set.of("json-rpc", "text");

  private final Tree tree = Tree.ofTalos();
  private final List<Surface> surfaces = SurfaceRegistry.load().all();

  @Test
  void surfaces_and_resources_agree() {
    assertThat(surfaces)
        .extracting(s -> s.method() + " " + s.path())
        .containsExactlyInAnyOrderElementsOf(Routes.of(TalosApplication.RESOURCES));
  }

  @Test
  void the_library_carries_the_registry_that_lies_in_the_tree() {
    Set<String> inTree =
        Tree.entries(tree.json("contracts/registry/surfaces.json"), "surfaces").stream()
            .map(s -> s.getString("id"))
            .collect(Collectors.toSet());

    assertThat(surfaces).extracting(Surface::id).containsExactlyInAnyOrderElementsOf(inTree);
  }

  @Test
  void every_permission_appears_in_the_roles_of_those_who_may_ask() {
    JsonObject roles = tree.json("contracts/registry/roles.json");

    assertThat(permissionProblems(surfaces, roles)).isEmpty();
  }

  @Test
  void every_body_has_a_schema() {
    assertThat(bodyProblems(surfaces, name -> tree.has("contracts/schemas/" + name + ".json")))
        .isEmpty();
  }

  @Test
  void a_permission_that_no_role_holds_is_found() {
    assertThat(permissionProblems(List.of(surface("bad:thing:put")), roles("bad:*:list")))
        .containsExactly(
            "bad.surface takes JWT, but role operator lacks bad:thing:put",
            "bad:*:list of role operator belongs to no surface");
  }

  @Test
  void a_star_stands_for_one_whole_word() {
    assertThat(permissionProblems(List.of(surface("bad:thing:put")), roles("bad:*:put"))).isEmpty();
    assertThat(permissionProblems(List.of(surface("bad:thing:put")), roles("bad:*"))).hasSize(2);
  }

  @Test
  void a_permission_that_no_surface_asks_for_is_found() {
    JsonObject roles = roles("bad:thing:put", "bad:thing:list");

    assertThat(permissionProblems(List.of(surface("bad:thing:put")), roles))
        .containsExactly("bad:thing:list of role operator belongs to no surface");
  }

  @Test
  void a_malformed_permission_is_found() {
    assertThat(permissionProblems(List.of(surface("bad:thing")), roles("bad:thing")))
        .containsExactly("bad.surface has the malformed permission bad:thing");
  }

  @Test
  void a_body_without_a_schema_is_found() {
    assertThat(bodyProblems(List.of(surface("bad:thing:put")), name -> false))
        .containsExactly("bad.surface has a body without a schema: bad/body.v1");
  }

  private static Surface surface(String permission) {
    return new Surface(
        "bad.surface",
        "PUT",
        "/bad",
        Set.of(Credential.JWT),
        Optional.empty(),
        false,
        permission,
        Surface.CapabilityUse.NONE,
        Optional.of("bad/body.v1"),
        1024,
        new Surface.Rate(1, 1));
  }

  private static JsonObject roles(String... permissions) {
    return Tree.parse(
        "{\"roles\": [{\"role\": \"operator\", \"permissions\": [\""
            + String.join("\", \"", permissions)
            + "\"]}]}");
  }

  static List<String> permissionProblems(List<Surface> surfaces, JsonObject roles) {
    List<String> problems = new ArrayList<>();
    List<Surface> named = surfaces.stream().filter(s -> s.anonymous().isEmpty()).toList();
    for (Surface surface : named) {
      if (!PERMISSION.matcher(surface.permission()).matches()) {
        problems.add(surface.id() + " has the malformed permission " + surface.permission());
      }
      for (Credential credential : new TreeSet<>(surface.credentials())) {
        String role = role(credential);
        if (granted(roles, role).noneMatch(g -> covers(g, surface.permission()))) {
          problems.add(
              "%s takes %s, but role %s lacks %s"
                  .formatted(surface.id(), credential, role, surface.permission()));
        }
      }
    }
    for (Credential credential : Credential.values()) {
      String role = role(credential);
      granted(roles, role)
          .filter(g -> named.stream().noneMatch(s -> covers(g, s.permission())))
          .forEach(g -> problems.add(g + " of role " + role + " belongs to no surface"));
    }
    return problems;
  }

  /** The role that a caller has by the credential alone. */
  private static String role(Credential credential) {
    return switch (credential) {
      case JWT -> "operator";
      case SIGNATURE, ATTESTATION -> "agent";
      case VIRTUAL_KEY -> "client";
    };
  }

  private static Stream<String> granted(JsonObject roles, String name) {
    return Tree.entries(roles, "roles").stream()
        .filter(role -> role.getString("role").equals(name))
        .flatMap(role -> Tree.texts(role, "permissions"));
  }

  private static boolean covers(String granted, String permission) {
    String[] pattern = granted.split(":");
    String[] words = permission.split(":");
    return pattern.length == words.length
        && IntStream.range(0, words.length)
            .allMatch(i -> pattern[i].equals("*") || pattern[i].equals(words[i]));
  }

  static List<String> bodyProblems(List<Surface> surfaces, Predicate<String> exists) {
    List<String> problems = new ArrayList<>();
    for (Surface surface : surfaces) {
      surface
          .body()
          .filter(name -> !WITHOUT_SCHEMA.contains(name) && !exists.test(name))
          .ifPresent(name -> problems.add(surface.id() + " has a body without a schema: " + name));
      if (surface.body().isPresent() && surface.bodyBytesMax() == 0) {
        problems.add(surface.id() + " has a body and no bound");
      }
      if (surface.body().isPresent() && Set.of("GET", "HEAD").contains(surface.method())) {
        problems.add(surface.id() + " has a body on " + surface.method());
      }
    }
    return problems;
  }
}
