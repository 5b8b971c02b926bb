package io.talos.identity;

import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static io.talos.identity.People.oneTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrekeyClaimed;
import io.talos.contracts.event.PrekeysPublished;
import io.talos.contracts.registry.Threat;
import io.talos.identity.agents.InMemoryAgents;
import io.talos.identity.agents.InMemoryKeyHistories;
import io.talos.identity.prekeys.InMemoryKemPrekeys;
import io.talos.identity.prekeys.InMemoryPrekeys;
import io.talos.identity.prekeys.Limits;
import io.talos.identity.prekeys.Publication;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory wants Bob to open his channel with a key of hers, or with one that was used before. */
@Threat("T-MITM-01")
class ForgedPrekeyTest {
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  private final InMemoryAgents agents = new InMemoryAgents();
  private final InMemoryPrekeys prekeys = new InMemoryPrekeys();
  private final InMemoryKemPrekeys kemPrekeys = new InMemoryKemPrekeys();
  private final RecordedEvents<PrekeysPublished> published = new RecordedEvents<>();
  private final RecordedEvents<PrekeyClaimed> claimed = new RecordedEvents<>();
  private Instant now = NOW;
  private final InstantSource clock = () -> now;
  private final PublishPrekeys publish =
      new PublishPrekeys(agents, prekeys, kemPrekeys, published, clock);
  private final ClaimPrekeys claim =
      new ClaimPrekeys(agents, new InMemoryKeyHistories(), prekeys, kemPrekeys, claimed, clock);

  @BeforeEach
  void alice_is_registered() {
    agents.add(ALICE.agent());
  }

  @Test
  void what_alice_publishes_bob_claims_and_can_verify() {
    PublishPrekeys.Stock stock = done(publish(ALICE, alices(oneTime(1), oneTime(2))));
    ClaimPrekeys.Claimed bundle = done(claim.claim(BOB.principal(), ALICE.did()));

    assertThat(stock).isEqualTo(new PublishPrekeys.Stock(ALICE.signedPrekey("s", TOMORROW), 2, 0));
    bundle.bundle().require(ALICE.did().text(), NOW);
    assertThat(bundle.bundle().oneTimePrekey()).contains(oneTime(1));
    assertThat(bundle.left()).isEqualTo(1);
    assertThat(published.fired())
        .containsExactly(new PrekeysPublished(ALICE.did().text(), "s", TOMORROW, 2, 0));
    assertThat(claimed.fired())
        .containsExactly(
            new PrekeyClaimed(
                ALICE.did().text(), "s", Optional.of(oneTime(1).id()), Optional.empty(), 1, 0));
    assertThat(claimed.fired().get(0).facts().meta().getInt("one_time_prekeys_left")).isEqualTo(1);
  }

  @Test
  void no_one_time_prekey_is_given_twice_and_without_any_the_bundle_still_comes() {
    done(publish(ALICE, alices(oneTime(1))));

    done(claim.claim(BOB.principal(), ALICE.did()));
    ClaimPrekeys.Claimed second = done(claim.claim(BOB.principal(), ALICE.did()));

    assertThat(second.bundle().oneTimePrekey()).isEmpty();
    assertThat(second.left()).isZero();
  }

  @Test
  void mallory_cannot_drain_alices_prekeys_alone() {
    List<OneTimePrekey> many = IntStream.range(0, 8).mapToObj(People::oneTime).toList();
    done(publish(ALICE, alices(many.toArray(OneTimePrekey[]::new))));

    long given =
        IntStream.range(0, 8)
            .filter(
                i ->
                    done(claim.claim(MALLORY.principal(), ALICE.did()))
                        .bundle()
                        .oneTimePrekey()
                        .isPresent())
            .count();

    assertThat(given).isEqualTo(5);
    assertThat(done(claim.claim(BOB.principal(), ALICE.did())).bundle().oneTimePrekey())
        .isPresent();
    now = NOW.plus(Duration.ofHours(1)).plusMillis(1);
    assertThat(done(claim.claim(MALLORY.principal(), ALICE.did())).bundle().oneTimePrekey())
        .isPresent();
  }

  @Test
  void who_was_revoked_on_the_way_leaves_no_prekeys() {
    agents.revoke(ALICE.did(), NOW);

    assertThat(refusal(publish(ALICE, alices(oneTime(1))))).isEqualTo(ErrorCode.AGENT_REVOKED);

    assertThat(prekeys.signed(ALICE.did())).isEmpty();
    assertThat(prekeys.oneTime(ALICE.did())).isEmpty();
    assertThat(published.fired()).isEmpty();
  }

  @Test
  void an_id_or_key_that_was_claimed_never_comes_back() {
    done(publish(ALICE, alices(oneTime(1))));
    done(claim.claim(BOB.principal(), ALICE.did()));

    for (OneTimePrekey again :
        List.of(
            oneTime(1),
            new OneTimePrekey("other", oneTime(1).publicKey()),
            new OneTimePrekey(oneTime(1).id(), oneTime(2).publicKey()))) {
      assertThat(refusal(publish(ALICE, alices(again)))).isEqualTo(ErrorCode.PREKEY_INVALID);
    }
    assertThat(prekeys.countOneTime(ALICE.did())).isZero();
  }

  @Test
  void mallory_cannot_publish_for_alice() {
    refused(
        MALLORY, plain(MALLORY.signedPrekey("s", TOMORROW), oneTime(1)), ErrorCode.TALOS_DENIED);
  }

  @Test
  void a_prekey_that_alice_did_not_sign_exactly_so_is_refused() {
    SignedPrekey good = ALICE.signedPrekey("s", TOMORROW);
    Bytes otherKey = People.x25519(0x44);

    for (SignedPrekey forged :
        List.of(
            MALLORY.signedPrekey("s", TOMORROW),
            new SignedPrekey(
                "t", good.publicKey(), good.expiresAt(), good.suites(), good.signature()),
            new SignedPrekey("s", otherKey, good.expiresAt(), good.suites(), good.signature()),
            new SignedPrekey(
                "s", good.publicKey(), good.expiresAt(), SpokenSuites.ALL, good.signature()),
            new SignedPrekey(
                "s", good.publicKey(), TOMORROW.plusMillis(1), good.suites(), good.signature()))) {
      refused(ALICE, plain(forged), ErrorCode.PREKEY_INVALID);
    }
  }

  @Test
  void a_prekey_that_has_expired_or_lives_too_long_is_refused() {
    Instant tooLate = NOW.plus(Limits.SIGNED_PREKEY_LIFETIME_MAX).plusMillis(1);

    for (Instant end : List.of(NOW.minusSeconds(1), NOW, tooLate)) {
      refused(ALICE, plain(ALICE.signedPrekey("s", end)), ErrorCode.PREKEY_INVALID);
    }
    done(publish(ALICE, plain(ALICE.signedPrekey("s", tooLate.minusMillis(1)))));
  }

  @Test
  void a_prekey_that_makes_every_secret_zero_is_refused() {
    Bytes zero = Bytes.of(new byte[32]);

    refused(
        ALICE,
        plain(
            SignedPrekey.sign(
                ALICE.signing(), "s", zero, TOMORROW, SpokenSuites.of(Suite.TALOS_X3DH_2))),
        ErrorCode.PREKEY_INVALID);
    refused(ALICE, alices(new OneTimePrekey("z", zero)), ErrorCode.PREKEY_INVALID);
  }

  @Test
  void an_id_never_names_two_keys_and_a_key_never_has_two_ids() {
    Bytes key = People.x25519(0x45);
    Bytes other = People.x25519(0x46);

    refused(
        ALICE,
        alices(new OneTimePrekey("a", key), new OneTimePrekey("a", other)),
        ErrorCode.PREKEY_INVALID);
    refused(
        ALICE,
        alices(new OneTimePrekey("a", key), new OneTimePrekey("b", key)),
        ErrorCode.PREKEY_INVALID);
    refused(
        ALICE,
        alices(new OneTimePrekey("a", ALICE.signedPrekey("s", TOMORROW).publicKey())),
        ErrorCode.PREKEY_INVALID);
  }

  @Test
  void prekeys_that_are_left_are_not_replaced_and_may_be_sent_again() {
    done(publish(ALICE, alices(oneTime(1))));

    PublishPrekeys.Stock again = done(publish(ALICE, alices(oneTime(1), oneTime(2))));
    ErrorCode swapped =
        refusal(publish(ALICE, alices(new OneTimePrekey("one-1", People.x25519(0x47)))));

    assertThat(again.left()).isEqualTo(2);
    assertThat(swapped).isEqualTo(ErrorCode.PREKEY_INVALID);
    assertThat(prekeys.oneTime(ALICE.did())).containsExactly(oneTime(1), oneTime(2));
    assertThat(published.fired()).hasSize(2);
  }

  @Test
  void nobody_fills_the_server_with_prekeys() {
    OneTimePrekey[] full =
        IntStream.range(0, Limits.ONE_TIME_PREKEYS_MAX)
            .mapToObj(i -> oneTime(i))
            .toArray(OneTimePrekey[]::new);
    done(publish(ALICE, alices(full)));

    ErrorCode code = refusal(publish(ALICE, alices(oneTime(500))));

    assertThat(code).isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
    assertThat(prekeys.countOneTime(ALICE.did())).isEqualTo(Limits.ONE_TIME_PREKEYS_MAX);
    assertThat(published.fired()).hasSize(1);
  }

  @Test
  void prekeys_are_not_given_out_from_their_expiry_on_and_none_is_lost_by_asking() {
    done(publish(ALICE, alices(oneTime(1))));

    now = TOMORROW.minusNanos(1);
    done(claim.claim(BOB.principal(), ALICE.did()));
    done(publish(ALICE, alices(oneTime(2))));
    now = TOMORROW;

    assertThat(refusal(claim.claim(BOB.principal(), ALICE.did())))
        .isEqualTo(ErrorCode.PREKEY_UNAVAILABLE);
    assertThat(prekeys.oneTime(ALICE.did())).containsExactly(oneTime(2));
    assertThat(claimed.fired()).hasSize(1);
  }

  @Test
  void prekeys_of_the_unknown_the_silent_and_the_revoked_are_not_given_out() {
    assertThat(refusal(claim.claim(ALICE.principal(), BOB.did())))
        .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
    assertThat(refusal(claim.claim(BOB.principal(), ALICE.did())))
        .isEqualTo(ErrorCode.PREKEY_UNAVAILABLE);

    done(publish(ALICE, alices(oneTime(1))));
    agents.revoke(ALICE.did(), NOW);

    assertThat(refusal(claim.claim(BOB.principal(), ALICE.did())))
        .isEqualTo(ErrorCode.AGENT_REVOKED);
    assertThat(prekeys.countOneTime(ALICE.did())).isEqualTo(1);
    assertThat(claimed.fired()).isEmpty();
  }

  private static Publication plain(SignedPrekey signed, OneTimePrekey... oneTime) {
    return new Publication(signed, List.of(oneTime), Optional.empty(), List.of());
  }

  private static Publication alices(OneTimePrekey... oneTime) {
    return plain(ALICE.signedPrekey("s", TOMORROW), oneTime);
  }

  private Outcome<PublishPrekeys.Stock> publish(People caller, Publication publication) {
    return publish.publish(caller.principal(), ALICE.did(), publication);
  }

  private void refused(People caller, Publication publication, ErrorCode code) {
    assertThat(refusal(publish(caller, publication))).isEqualTo(code);
    assertThat(prekeys.signed(ALICE.did())).isEmpty();
    assertThat(prekeys.countOneTime(ALICE.did())).isZero();
    assertThat(published.fired()).isEmpty();
  }
}
