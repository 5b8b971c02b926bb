package io.talos.contracts.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.id.UuidV7;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalTest {
  private static final UuidV7 TEAM = new UuidV7("0192f3a4-0000-7000-8000-000000000001");
  private static final UuidV7 ORG = new UuidV7("0192f3a4-0000-7000-8000-000000000002");

  private final Principal alice =
      new Principal(PrincipalKind.AGENT, "did:key:alice", Set.of("agent"), AuthMode.SIGNED);

  @Test
  void alice_belongs_to_no_team_until_somebody_says_so() {
    assertThat(alice.team()).isEmpty();
    assertThat(alice.org()).isEmpty();
  }

  @Test
  void a_member_is_the_same_caller_with_a_team_and_its_organisation() {
    Principal member = alice.in(TEAM, ORG);

    assertThat(member.id()).isEqualTo(alice.id());
    assertThat(member.roles()).isEqualTo(alice.roles());
    assertThat(member.team()).contains(TEAM);
    assertThat(member.org()).contains(ORG);
  }

  @Test
  void a_team_without_an_organisation_is_nobodys_team() {
    assertThatThrownBy(
            () ->
                new Principal(
                    PrincipalKind.AGENT,
                    "did:key:alice",
                    Set.of(),
                    AuthMode.SIGNED,
                    Optional.of(TEAM),
                    Optional.empty()))
        .hasMessageContaining("organisation");
  }
}
