package io.talos.identity.agents;

import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.channel.IdentityKey;
import io.talos.identity.People;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every memory of agents must do; each test starts with an empty one. */
public interface AgentsContract {
  Agents agents();

  @Test
  default void an_added_agent_is_found_as_it_was_and_nobody_else_is() {
    Agents agents = agents();
    Agent alice =
        new Agent(
            ALICE.did(),
            ALICE.signing().publicKey(),
            ALICE.keyAgreement(),
            Optional.of(new DisplayName("Älice ✓")),
            NOW,
            Optional.empty());

    assertThat(agents.add(alice)).isTrue();

    assertThat(agents.find(ALICE.did())).contains(alice);
    assertThat(agents.find(BOB.did())).isEmpty();
  }

  @Test
  default void a_second_registration_of_a_did_changes_nothing() {
    Agents agents = agents();
    IdentityKey other = IdentityKey.certify(ALICE.signing(), People.x25519(0x77));
    agents.add(ALICE.agent());

    boolean added = agents.add(new Registration(other, Optional.of("again")).agent(NOW));

    assertThat(added).isFalse();
    assertThat(agents.find(ALICE.did())).contains(ALICE.agent());
  }

  @Test
  default void a_revoked_agent_stays_revoked() {
    Agents agents = agents();
    agents.add(ALICE.agent());
    agents.add(BOB.agent());

    assertThat(agents.revoke(ALICE.did(), NOW.plusSeconds(1))).isTrue();

    assertThat(agents.revoke(ALICE.did(), NOW.plusSeconds(2))).isFalse();
    assertThat(agents.add(ALICE.agent())).isFalse();
    assertThat(agents.find(ALICE.did()).orElseThrow().revokedAt()).contains(NOW.plusSeconds(1));
    assertThat(agents.find(BOB.did()).orElseThrow().isActive()).isTrue();
  }

  @Test
  default void another_key_speaks_for_an_agent_and_for_nobody_else() {
    Agents agents = agents();
    agents.add(ALICE.agent());
    agents.add(BOB.agent());
    IdentityKey certified =
        IdentityKey.certify(ALICE.did(), MALLORY.signing(), People.x25519(0x66));

    agents.rekey(ALICE.did(), MALLORY.signing().publicKey(), certified);

    Agent alice = agents.find(ALICE.did()).orElseThrow();
    assertThat(alice.currentKey()).isEqualTo(MALLORY.signing().publicKey());
    assertThat(alice.keyAgreement()).isEqualTo(certified);
    assertThat(agents.find(BOB.did())).contains(BOB.agent());
  }

  @Test
  default void nobody_revokes_who_is_not_there() {
    assertThat(agents().revoke(BOB.did(), NOW)).isFalse();
  }
}
