package io.talos.identity;

import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentRegistered;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.registry.Threat;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.InMemoryAgents;
import io.talos.identity.agents.InMemoryKeyHistories;
import io.talos.identity.agents.Registration;
import io.talos.identity.directory.InMemoryDirectory;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants to be registered as somebody she is not, or to change who Alice is. */
@Threat("T-IMPERSONATION-01")
class StolenIdentityTest {
  private final InMemoryAgents agents = new InMemoryAgents();
  private final InMemoryKeyHistories histories = new InMemoryKeyHistories();
  private final RecordedEvents<AgentRegistered> registered = new RecordedEvents<>();
  private final RecordedEvents<AgentRevoked> revoked = new RecordedEvents<>();
  private final RegisterAgent register =
      new RegisterAgent(
          agents, histories, registered, InstantSource.fixed(NOW.plusNanos(123_456_789)));
  private final RevokeAgent revoke =
      new RevokeAgent(agents, histories, revoked, InstantSource.fixed(NOW));

  @Test
  void alice_registers_herself_and_it_is_told_without_her_name_in_the_clear() {
    Agent alice =
        done(
            register.register(
                ALICE.principal(), new Registration(ALICE.keyAgreement(), Optional.of("Alice"))));

    assertThat(agents.find(ALICE.did())).contains(alice);
    assertThat(alice.registeredAt()).isEqualTo(NOW.plusMillis(123));
    assertThat(registered.fired()).hasSize(1);
    assertThat(registered.fired().get(0).facts().kind()).isEqualTo("agent.registered");
    assertThat(registered.fired().get(0).facts().meta().toString()).doesNotContain("Alice");
    assertThat(registered.fired().get(0).facts().personal()).containsEntry("display_name", "Alice");
  }

  @Test
  void mallory_cannot_register_as_alice_with_alices_own_certificate() {
    refused(MALLORY, ALICE.registration(), ErrorCode.TALOS_DENIED);
  }

  @Test
  void a_key_agreement_key_that_another_key_certified_is_refused() {
    IdentityKey mallorys = MALLORY.keyAgreement();
    IdentityKey mixed =
        new IdentityKey(ALICE.did().text(), mallorys.publicKey(), mallorys.signature());

    refused(ALICE, new Registration(mixed, Optional.empty()), ErrorCode.KEY_INVALID);
  }

  @Test
  void a_certificate_for_another_key_or_without_its_label_is_refused() {
    IdentityKey good = ALICE.keyAgreement();
    Bytes otherKey = People.x25519(0x55);
    Bytes unlabelled = ALICE.signing().sign(good.publicKey());

    refused(
        ALICE,
        new Registration(new IdentityKey(good.did(), otherKey, good.signature()), Optional.empty()),
        ErrorCode.KEY_INVALID);
    refused(
        ALICE,
        new Registration(
            new IdentityKey(good.did(), good.publicKey(), unlabelled), Optional.empty()),
        ErrorCode.KEY_INVALID);
  }

  @Test
  void a_key_agreement_key_that_makes_every_secret_zero_is_refused() {
    IdentityKey zero = IdentityKey.certify(ALICE.signing(), Bytes.of(new byte[32]));

    refused(ALICE, new Registration(zero, Optional.empty()), ErrorCode.KEY_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "\u202Eecila", "a\u2067b", "a\u2028b"})
  void a_name_that_hides_something_is_refused(String name) {
    refused(
        ALICE,
        new Registration(ALICE.keyAgreement(), Optional.of(name)),
        ErrorCode.TALOS_INVALID_INPUT);
  }

  @Test
  void a_name_that_is_too_long_is_refused() {
    refused(
        ALICE,
        new Registration(ALICE.keyAgreement(), Optional.of("a".repeat(101))),
        ErrorCode.TALOS_INVALID_INPUT);
  }

  @Test
  void a_second_registration_with_another_key_agreement_key_changes_nothing() {
    Agent first = done(register.register(ALICE.principal(), ALICE.registration()));
    IdentityKey other = IdentityKey.certify(ALICE.signing(), People.x25519(0x56));

    ErrorCode code =
        refusal(
            register.register(ALICE.principal(), new Registration(other, Optional.of("new name"))));

    assertThat(code).isEqualTo(ErrorCode.AGENT_EXISTS);
    assertThat(agents.find(ALICE.did())).contains(first);
    assertThat(registered.fired()).hasSize(1);
  }

  @Test
  void a_revoked_agent_does_not_come_back_under_the_same_key() {
    done(register.register(ALICE.principal(), ALICE.registration()));
    done(revoke.revoke(ALICE.did()));

    assertThat(refusal(register.register(ALICE.principal(), ALICE.registration())))
        .isEqualTo(ErrorCode.AGENT_EXISTS);
    assertThat(agents.find(ALICE.did()).orElseThrow().isActive()).isFalse();
  }

  @Test
  void revoking_is_told_once_and_nobody_who_is_not_there_is_revoked() {
    done(register.register(ALICE.principal(), ALICE.registration()));

    done(revoke.revoke(ALICE.did()));
    done(revoke.revoke(ALICE.did()));

    assertThat(revoked.fired())
        .containsExactly(
            new AgentRevoked(
                ALICE.did().text(), ALICE.signing().publicKey(), AgentRevoked.By.OPERATOR));
    assertThat(refusal(revoke.revoke(BOB.did()))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
  }

  @Test
  void reading_shows_the_registered_and_nobody_else() {
    ReadAgent read = new ReadAgent(agents);
    Agent alice = done(register.register(ALICE.principal(), ALICE.registration()));

    assertThat(done(read.read(ALICE.did()))).isEqualTo(alice);
    assertThat(refusal(read.read(BOB.did()))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
  }

  @Test
  void the_directory_knows_agents_by_any_form_of_their_did_and_shrugs_at_the_rest() {
    LocalAgentDirectory directory = new LocalAgentDirectory(agents, new InMemoryDirectory());
    done(register.register(ALICE.principal(), ALICE.registration()));

    assertThat(directory.find(ALICE.did().text()).orElseThrow().active()).isTrue();
    assertThat(directory.find(ALICE.did().alias()).orElseThrow().did())
        .isEqualTo(ALICE.did().text());
    for (String nobody : new String[] {"", "alice", "did:web:alice.example", BOB.did().text()}) {
      assertThat(directory.find(nobody)).isEmpty();
    }
    done(revoke.revoke(ALICE.did()));
    assertThat(directory.find(ALICE.did().text()).orElseThrow().active()).isFalse();
  }

  private void refused(People caller, Registration registration, ErrorCode code) {
    assertThat(refusal(register.register(caller.principal(), registration))).isEqualTo(code);
    assertThat(agents.find(ALICE.did())).isEmpty();
    assertThat(agents.find(MALLORY.did())).isEmpty();
    assertThat(registered.fired()).isEmpty();
  }
}
