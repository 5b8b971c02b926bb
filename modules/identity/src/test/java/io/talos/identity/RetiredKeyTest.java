package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.signed;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentKeyHistoryBegun;
import io.talos.contracts.event.AgentKeyRotated;
import io.talos.contracts.event.AgentRegistered;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.event.Audited;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.registry.Threat;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Registration;
import io.talos.identity.prekeys.InMemoryKemPrekeys;
import io.talos.identity.prekeys.InMemoryPrekeys;
import io.talos.identity.prekeys.Publication;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory has a key that spoke for Alice once, and goes on using it. */
@Threat("T-IMPERSONATION-01")
class RetiredKeyTest {
  private static final Ed25519.KeyPair NEXT = key(0x51);
  private static final Ed25519.KeyPair RECOVERY = key(0x52);
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final Authentication server = new Authentication();
  private final InMemoryPrekeys prekeys = new InMemoryPrekeys();
  private final InMemoryKemPrekeys kemPrekeys = new InMemoryKemPrekeys();
  private final RecordedEvents<Audited> told = new RecordedEvents<>();
  private final ChangeAgentKey change =
      new ChangeAgentKey(server.agents, server.histories, prekeys, kemPrekeys, told, CLOCK);
  private KeyHistory history = KeyHistory.of(ALICE.did());

  private KeyStatement begin() {
    server.agents.add(ALICE.agent());
    KeyStatement first = history.begin(ALICE.signing(), Optional.of(RECOVERY.publicKey()), NOW);
    history = done(change.change(ALICE.did(), first, Optional.empty()));
    return first;
  }

  private void rotate() {
    KeyStatement rotation = history.rotate(ALICE.signing(), NEXT, NOW);
    history = done(change.change(ALICE.did(), rotation, Optional.of(certified(NEXT))));
  }

  private static IdentityKey certified(Ed25519.KeyPair by) {
    return IdentityKey.certify(ALICE.did(), by, People.x25519(0x44));
  }

  private static UnverifiedRequest signedBy(Ed25519.KeyPair key) {
    Map<String, List<String>> headers = new HashMap<>();
    new RequestSigner(ALICE.did(), key, CLOCK, Randomness.secure(), Duration.ofSeconds(30))
        .sign("GET", Authentication.TARGET, Optional.empty(), Optional.empty())
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return new UnverifiedRequest(
        Authentication.SURFACE,
        "GET",
        Authentication.TARGET,
        headers,
        Optional.empty(),
        "127.0.0.1",
        Optional.empty());
  }

  @Test
  void after_a_rotation_the_new_key_speaks_for_the_same_agent_and_the_old_one_for_nobody() {
    begin();
    assertThat(code(server.authenticate(signedBy(NEXT)))).isEqualTo(ErrorCode.AUTH_INVALID);

    rotate();

    assertThat(authenticated(server.authenticate(signedBy(NEXT))).principal().id())
        .isEqualTo(ALICE.did().text());
    assertThat(code(server.authenticate(signed(ALICE, NOW)))).isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(code(server.authenticate(signedBy(MALLORY.signing()))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(told.fired())
        .containsExactly(
            new AgentKeyHistoryBegun(
                ALICE.did().text(), Optional.of(KeyHistory.promise(RECOVERY.publicKey()))),
            new AgentKeyRotated(
                ALICE.did().text(),
                ALICE.signing().publicKey(),
                NEXT.publicKey(),
                1,
                AgentKeyRotated.Cause.ROTATED,
                history.last().orElseThrow().hash().hex()));
  }

  @Test
  void bob_who_takes_the_same_key_while_alice_waits_has_it_and_alice_is_told_so() {
    begin();
    server.agents.add(BOB.agent());
    KeyHistory bobs = KeyHistory.of(BOB.did());
    KeyStatement first = bobs.begin(BOB.signing(), Optional.empty(), NOW);
    KeyStatement second = bobs.with(first).rotate(BOB.signing(), NEXT, NOW);
    done(change.change(BOB.did(), first, Optional.empty()));
    server.histories.whileWaitingFor(
        Did.ofKey(NEXT.publicKey()), () -> server.histories.add(second, NOW));

    KeyStatement late = history.rotate(ALICE.signing(), NEXT, NOW);

    assertThat(refusal(change.change(ALICE.did(), late, Optional.of(certified(NEXT)))))
        .isEqualTo(ErrorCode.KEY_STATEMENT_INVALID);
    assertThat(server.histories.statements(ALICE.did())).hasSize(1);
    assertThat(told.fired()).hasSize(2);
  }

  @Test
  void two_who_reach_for_each_others_keys_lock_in_one_order() {
    begin();
    server.agents.add(BOB.agent());
    KeyHistory bobs = KeyHistory.of(BOB.did());
    KeyStatement first = bobs.begin(BOB.signing(), Optional.empty(), NOW);
    done(change.change(BOB.did(), first, Optional.empty()));
    int before = server.histories.locked().size();

    change.change(
        ALICE.did(), history.rotate(ALICE.signing(), BOB.signing(), NOW), Optional.empty());
    change.change(
        BOB.did(), bobs.with(first).rotate(BOB.signing(), ALICE.signing(), NOW), Optional.empty());

    List<Did> locked = server.histories.locked().subList(before, before + 4);
    assertThat(locked.subList(0, 2)).isEqualTo(locked.subList(2, 4));
  }

  @Test
  void a_second_retired_key_is_told_apart_from_one_that_never_spoke() {
    begin();
    rotate();
    Ed25519.KeyPair third = key(0x53);
    KeyStatement again = history.rotate(NEXT, third, NOW);
    done(change.change(ALICE.did(), again, Optional.of(certified(third))));

    assertThat(code(server.authenticate(signedBy(NEXT)))).isEqualTo(ErrorCode.AUTH_REVOKED);
    authenticated(server.authenticate(signedBy(third)));
  }

  @Test
  void a_stranger_who_names_a_key_does_not_make_us_read_a_history() {
    begin();
    rotate();
    int before = server.histories.wholeReads();

    assertThat(code(server.authenticate(signedBy(MALLORY.signing()))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(code(server.authenticate(signedBy(ALICE.signing()))))
        .isEqualTo(ErrorCode.AUTH_REVOKED);
    authenticated(server.authenticate(signedBy(NEXT)));

    assertThat(server.histories.wholeReads()).isEqualTo(before);
  }

  @Test
  void mallory_who_rotated_alices_stolen_key_loses_it_to_the_recovery() {
    begin();
    KeyStatement theft = history.rotate(ALICE.signing(), MALLORY.signing(), NOW);
    history = done(change.change(ALICE.did(), theft, Optional.of(certified(MALLORY.signing()))));
    authenticated(server.authenticate(signedBy(MALLORY.signing())));

    KeyStatement recovery = history.recover(RECOVERY, NEXT, Optional.empty(), NOW);
    done(change.change(ALICE.did(), recovery, Optional.of(certified(NEXT))));

    assertThat(code(server.authenticate(signedBy(MALLORY.signing()))))
        .isEqualTo(ErrorCode.AUTH_REVOKED);
    authenticated(server.authenticate(signedBy(NEXT)));
    assertThat(told.fired().get(2).facts().kind()).isEqualTo("agent.key_recovered");
  }

  @Test
  void a_rotation_takes_the_prekeys_along_and_the_old_key_cannot_publish_new_ones() {
    begin();
    PublishPrekeys publish =
        new PublishPrekeys(server.agents, prekeys, kemPrekeys, new RecordedEvents<>(), CLOCK);
    Publication old =
        new Publication(
            ALICE.signedPrekey("a", NOW.plusSeconds(60)),
            List.of(People.oneTime(1)),
            Optional.empty(),
            List.of());
    done(publish.publish(ALICE.principal(), ALICE.did(), old));

    rotate();

    assertThat(prekeys.signed(ALICE.did())).isEmpty();
    assertThat(prekeys.countOneTime(ALICE.did())).isZero();
    assertThat(refusal(publish.publish(ALICE.principal(), ALICE.did(), old)))
        .isEqualTo(ErrorCode.PREKEY_INVALID);
  }

  @Test
  void a_revocation_by_the_recovery_key_ends_the_agent_and_names_the_key() {
    begin();
    KeyStatement end = history.revoke(RECOVERY, NOW);
    done(change.change(ALICE.did(), end, Optional.empty()));

    assertThat(code(server.authenticate(signed(ALICE, NOW)))).isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(told.fired().get(1))
        .isEqualTo(
            new AgentRevoked(
                ALICE.did().text(), ALICE.signing().publicKey(), AgentRevoked.By.RECOVERY_KEY));
    assertThat(
            refusal(
                change.change(
                    ALICE.did(), history.revoke(RECOVERY, NOW.plusMillis(1)), Optional.empty())))
        .isEqualTo(ErrorCode.AGENT_REVOKED);
  }

  @Test
  void an_operators_revocation_retires_the_key_that_speaks_now() {
    begin();
    rotate();
    RecordedEvents<AgentRevoked> revoked = new RecordedEvents<>();
    RevokeAgent revoke = new RevokeAgent(server.agents, server.histories, revoked, CLOCK);

    done(revoke.revoke(ALICE.did()));
    done(revoke.revoke(ALICE.did()));

    assertThat(revoked.fired())
        .containsExactly(
            new AgentRevoked(ALICE.did().text(), NEXT.publicKey(), AgentRevoked.By.OPERATOR));
    assertThat(code(server.authenticate(signedBy(NEXT)))).isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(
            refusal(
                change.change(
                    ALICE.did(),
                    history.recover(RECOVERY, key(0x54), Optional.empty(), NOW),
                    Optional.of(certified(key(0x54))))))
        .isEqualTo(ErrorCode.AGENT_REVOKED);
  }

  @Test
  void bringing_the_same_statement_again_changes_nothing_and_succeeds() {
    KeyStatement first = begin();

    done(change.change(ALICE.did(), first, Optional.empty()));

    assertThat(told.fired()).hasSize(1);
    assertThat(server.histories.statements(ALICE.did())).hasSize(1);
  }

  @Test
  void a_new_key_needs_a_key_agreement_key_that_it_certified() {
    begin();
    KeyStatement rotation = history.rotate(ALICE.signing(), NEXT, NOW);

    for (Optional<IdentityKey> bad :
        List.of(
            Optional.<IdentityKey>empty(),
            Optional.of(ALICE.keyAgreement()),
            Optional.of(IdentityKey.certify(ALICE.did(), NEXT, Bytes.of(new byte[32]))))) {
      assertThat(refusal(change.change(ALICE.did(), rotation, bad)))
          .isEqualTo(ErrorCode.KEY_AGREEMENT_INVALID);
    }
    assertThat(server.agents.find(ALICE.did())).contains(ALICE.agent());
    assertThat(told.fired()).hasSize(1);
  }

  @Test
  void a_statement_from_another_time_is_refused_and_the_bound_itself_is_good() {
    server.agents.add(ALICE.agent());
    KeyHistory bare = KeyHistory.of(ALICE.did());

    for (long seconds : new long[] {-301, 301}) {
      KeyStatement stale = bare.begin(ALICE.signing(), Optional.empty(), NOW.plusSeconds(seconds));
      assertThat(refusal(change.change(ALICE.did(), stale, Optional.empty())))
          .isEqualTo(ErrorCode.KEY_STATEMENT_INVALID);
    }
    KeyStatement edge = bare.begin(ALICE.signing(), Optional.empty(), NOW.plusSeconds(300));
    done(change.change(ALICE.did(), edge, Optional.empty()));
  }

  @Test
  void alice_cannot_take_a_key_that_is_somebody_elses_did() {
    begin();
    server.agents.add(BOB.agent());
    KeyStatement twin = history.rotate(ALICE.signing(), BOB.signing(), NOW);

    assertThat(refusal(change.change(ALICE.did(), twin, Optional.of(certified(BOB.signing())))))
        .isEqualTo(ErrorCode.KEY_STATEMENT_INVALID);
  }

  @Test
  void a_key_that_speaks_for_alice_cannot_register_as_an_agent_of_its_own() {
    begin();
    rotate();
    Did second = Did.ofKey(NEXT.publicKey());
    RegisterAgent register =
        new RegisterAgent(
            server.agents, server.histories, new RecordedEvents<AgentRegistered>(), CLOCK);
    Registration own =
        new Registration(IdentityKey.certify(second, NEXT, People.x25519(0x45)), Optional.empty());

    assertThat(
            refusal(
                register.register(
                    new io.talos.contracts.principal.Principal(
                        io.talos.contracts.principal.PrincipalKind.AGENT,
                        second.text(),
                        io.talos.identity.authentication.Roles.AGENT,
                        io.talos.contracts.principal.AuthMode.SIGNED),
                    own)))
        .isEqualTo(ErrorCode.AGENT_EXISTS);
  }

  @Test
  void a_registration_begins_the_history_that_it_brings_and_no_other() {
    RecordedEvents<AgentRegistered> registered = new RecordedEvents<>();
    RegisterAgent register = new RegisterAgent(server.agents, server.histories, registered, CLOCK);
    KeyStatement mallorys =
        KeyHistory.of(MALLORY.did()).begin(MALLORY.signing(), Optional.empty(), NOW);
    KeyStatement first = history.begin(ALICE.signing(), Optional.of(RECOVERY.publicKey()), NOW);

    assertThat(
            refusal(
                register.register(
                    ALICE.principal(),
                    new Registration(
                        ALICE.keyAgreement(), Optional.empty(), Optional.of(mallorys)))))
        .isEqualTo(ErrorCode.KEY_HISTORY_CONFLICT);
    Agent alice =
        done(
            register.register(
                ALICE.principal(),
                new Registration(ALICE.keyAgreement(), Optional.empty(), Optional.of(first))));

    assertThat(server.histories.statements(alice.did())).containsExactly(first);
    assertThat(registered.fired().get(0).recovery())
        .contains(KeyHistory.promise(RECOVERY.publicKey()));
  }

  @Test
  void an_unregistered_did_is_spoken_for_by_its_own_key_only() {
    assertThat(code(server.authentication.authenticate(signedBy(MALLORY.signing()), true, NOW)))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    authenticated(server.authentication.authenticate(signedBy(ALICE.signing()), true, NOW));
  }

  private static Ed25519.KeyPair key(int fill) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(seed, (byte) fill);
    return Ed25519.fromSeed(SecretBytes.of(seed));
  }
}
