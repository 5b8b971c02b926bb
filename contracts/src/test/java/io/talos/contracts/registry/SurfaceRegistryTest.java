package io.talos.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.Surface.Rate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A path finds the one surface that answers it, or none. */
class SurfaceRegistryTest {
  private final SurfaceRegistry registry =
      new SurfaceRegistry(
          List.of(
              surface("log.tile", "GET", "/audit/log/tile/{tile+}"),
              surface("agents.read", "GET", "/identity/agents/{did}"),
              surface("agents.mine", "GET", "/identity/agents/mine"),
              surface("agents.prekeys", "PUT", "/identity/agents/{did}/prekeys"),
              surface("secrets.list", "GET", "/secrets")));

  @Test
  void each_path_finds_its_surface_and_a_literal_wins_over_a_template() {
    assertThat(find("/identity/agents/did:key:z6Mk")).isEqualTo("agents.read");
    assertThat(find("/identity/agents/did%3Akey%3Az6Mk")).isEqualTo("agents.read");
    assertThat(find("/identity/agents/did:web:example.com%253A8443")).isEqualTo("agents.read");
    assertThat(find("/identity/agents/mine")).isEqualTo("agents.mine");
    assertThat(find("/audit/log/tile/0/x001/234.p/5")).isEqualTo("log.tile");
    assertThat(find("/secrets")).isEqualTo("secrets.list");
    assertThat(registry.methods("/identity/agents/did:key:z6Mk/prekeys")).containsExactly("PUT");
  }

  @Test
  void what_is_not_in_the_registry_does_not_exist() {
    for (String path :
        new String[] {"", "/", "/secrets/", "//secrets", "/SECRETS", "/secrets/x", "/identity"}) {
      assertThat(find(path)).as(path).isEmpty();
      assertThat(registry.methods(path)).as(path).isEmpty();
    }
    assertThat(registry.find("get", "/secrets")).isEmpty();
    assertThat(registry.find("POST", "/secrets")).isEmpty();
    assertThat(registry.methods("/secrets")).containsExactly("GET");
  }

  @Test
  void a_path_is_not_looked_at_beyond_its_bound() {
    String longest = "/audit/log/tile/" + "a".repeat(SurfaceRegistry.PATH_CHARACTERS_MAX - 16);

    assertThat(find(longest)).isEqualTo("log.tile");
    assertThat(find(longest + "a")).isEmpty();
  }

  @Test
  void two_surfaces_never_share_a_route() {
    assertThatThrownBy(
            () ->
                new SurfaceRegistry(
                    List.of(surface("one", "GET", "/a/{x}/b"), surface("two", "GET", "/a/{y}/b"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_registry_that_ships_loads() {
    assertThat(SurfaceRegistry.load().all()).isNotEmpty();
  }

  private String find(String path) {
    return registry.find("GET", path).map(Surface::id).orElse("");
  }

  private static Surface surface(String id, String method, String path) {
    return new Surface(
        id,
        method,
        path,
        Set.of(Credential.JWT),
        Optional.empty(),
        false,
        "area:thing:verb",
        CapabilityUse.NONE,
        Optional.empty(),
        0,
        new Rate(1, 1));
  }
}
