package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The aim: to be allowed what no role of ours permits. */
@Threat("T-CAPABILITYABUSE-01")
class EscalatedRoleTest {
  private static final Roles ROLES =
      new Roles(
          Map.of(
              "agent", List.of(Permission.parse("a2a:session:*"), Permission.parse("*:self:read")),
              "operator", List.of(Permission.parse("*:*:*"))));

  @Test
  void what_a_pattern_says_is_permitted() {
    assertThat(permitted("agent", "a2a:session:open")).isTrue();
    assertThat(permitted("agent", "identity:self:read")).isTrue();
    assertThat(permitted("operator", "policy:capability:grant")).isTrue();
  }

  @Test
  void a_wildcard_is_one_whole_segment_and_never_part_of_one() {
    assertThat(permitted("agent", "a2a:sessions:open")).isFalse();
    assertThat(permitted("agent", "a2ab:session:open")).isFalse();
    assertThatThrownBy(() -> Permission.parse("a2a:sess*:open"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Permission.parse("a2a:*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Permission.parse("a2a:session:open:now"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_wildcard_in_what_is_asked_is_not_one() {
    assertThat(permitted("agent", "*:*:*")).isFalse();
  }

  @Test
  void no_role_and_an_unknown_role_permit_nothing() {
    assertThat(ROLES.permitting(Set.of(), Permission.parse("identity:self:read"))).isEmpty();
    assertThat(permitted("root", "identity:self:read")).isFalse();
    assertThat(permitted("Operator", "identity:self:read")).isFalse();
  }

  private static boolean permitted(String role, String permission) {
    return ROLES.permitting(Set.of(role), Permission.parse(permission)).isPresent();
  }

  @TestFactory
  Stream<DynamicTest> every_surface_is_open_to_the_role_of_each_credential_that_it_takes() {
    Roles roles = Roles.load();
    return SurfaceRegistry.load().all().stream()
        .filter(s -> s.anonymous().isEmpty())
        .map(s -> DynamicTest.dynamicTest(s.id(), () -> open(roles, s)));
  }

  private static void open(Roles roles, Surface surface) {
    for (Credential credential : surface.credentials()) {
      assertThat(roles.permitting(Set.of(role(credential)), Permission.parse(surface.permission())))
          .as("%s by %s", surface.permission(), credential)
          .isPresent();
    }
  }

  private static String role(Credential credential) {
    return switch (credential) {
      case SIGNATURE -> "agent";
      case VIRTUAL_KEY -> "client";
      case JWT -> "operator";
    };
  }
}
