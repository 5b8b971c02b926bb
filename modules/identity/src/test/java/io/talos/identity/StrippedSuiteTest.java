package io.talos.identity;

import static io.talos.contracts.channel.KemPrekey.Kind.LAST_RESORT;
import static io.talos.contracts.channel.KemPrekey.Kind.ONE_TIME;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.SpokenSuites;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory wants Alice to be reached without the post-quantum part, or with a key of Mallory's. */
@Threat("T-MITM-01")
class StrippedSuiteTest {
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  private final InMemoryAgents agents = new InMemoryAgents();
  private final InMemoryPrekeys prekeys = new InMemoryPrekeys();
  private final InMemoryKemPrekeys kemPrekeys = new InMemoryKemPrekeys();
  private final RecordedEvents<PrekeysPublished> published = new RecordedEvents<>();
  private final RecordedEvents<PrekeyClaimed> claimed = new RecordedEvents<>();
  private Instant now = NOW;
  private final PublishPrekeys publish =
      new PublishPrekeys(agents, prekeys, kemPrekeys, published, () -> now);
  private final ClaimPrekeys claim =
      new ClaimPrekeys(agents, new InMemoryKeyHistories(), prekeys, kemPrekeys, claimed, () -> now);

  @BeforeEach
  void alice_is_registered() {
    agents.add(ALICE.agent());
  }

  private static KemPrekey kem(int number) {
    return ALICE.kemPrekey(number, ONE_TIME, TOMORROW);
  }

  private static KemPrekey last() {
    return ALICE.kemPrekey(100, LAST_RESORT, TOMORROW);
  }

  private static Publication alices(Optional<KemPrekey> last, KemPrekey... oneTime) {
    return new Publication(
        ALICE.signedPrekey("s", TOMORROW, SpokenSuites.ALL), List.of(), last, List.of(oneTime));
  }

  private Outcome<PublishPrekeys.Stock> publish(Publication publication) {
    return publish.publish(ALICE.principal(), ALICE.did(), publication);
  }

  private Optional<KemPrekey> claimedBy(People who) {
    return done(claim.claim(who.principal(), ALICE.did())).bundle().kemPrekey();
  }

  @Test
  void every_one_time_kem_prekey_is_given_once_and_then_the_one_of_last_resort() {
    PublishPrekeys.Stock stock = done(publish(alices(Optional.of(last()), kem(1), kem(2))));

    assertThat(stock.kemLeft()).isEqualTo(2);
    assertThat(stock.isLow()).isTrue();
    assertThat(claimedBy(BOB)).contains(kem(1));
    assertThat(claimedBy(BOB)).contains(kem(2));
    assertThat(claimedBy(BOB)).contains(last());
    assertThat(claimedBy(BOB)).contains(last());
    assertThat(published.fired().get(0).kemAdded()).isEqualTo(2);
    assertThat(claimed.fired().get(0).kemPrekeyId()).contains("kem-1");
    assertThat(claimed.fired().get(0).kemLeft()).isEqualTo(1);
  }

  @Test
  void the_bundle_is_one_that_alices_peers_accept() {
    done(publish(alices(Optional.of(last()), kem(1))));

    PrekeyBundle bundle = done(claim.claim(BOB.principal(), ALICE.did())).bundle();

    bundle.require(ALICE.did().text(), now);
    assertThat(PrekeyBundle.fromJson(bundle.toJson())).isEqualTo(bundle);
    assertThat(bundle.signedPrekey().suites()).isEqualTo(SpokenSuites.ALL);
  }

  @Test
  void mallory_cannot_use_up_alices_kem_prekeys_alone() {
    KemPrekey[] many =
        IntStream.range(0, 8).mapToObj(StrippedSuiteTest::kem).toArray(KemPrekey[]::new);
    done(publish(alices(Optional.of(last()), many)));

    List<KemPrekey> given = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claimedBy(MALLORY).ifPresent(given::add);
    }

    assertThat(given.subList(0, Limits.CLAIMS_MAX)).doesNotContain(last());
    assertThat(given.subList(Limits.CLAIMS_MAX, 8)).containsOnly(last());
    assertThat(claimedBy(BOB)).contains(kem(Limits.CLAIMS_MAX));
  }

  @Test
  void who_speaks_the_suite_with_a_kem_brings_a_key_of_last_resort() {
    refused(alices(Optional.empty()));
    refused(alices(Optional.empty(), kem(1)));
  }

  @Test
  void a_kem_prekey_that_alice_did_not_sign_exactly_so_is_refused() {
    KemPrekey good = kem(1);
    KemPrekey mallorys = MALLORY.kemPrekey(1, ONE_TIME, TOMORROW);
    for (KemPrekey forged :
        List.of(
            mallorys,
            new KemPrekey(
                "kem-9", good.kind(), good.publicKey(), good.expiresAt(), good.signature()),
            new KemPrekey(
                good.id(), good.kind(), kem(2).publicKey(), good.expiresAt(), good.signature()),
            new KemPrekey(
                good.id(),
                good.kind(),
                good.publicKey(),
                TOMORROW.plusMillis(1),
                good.signature()))) {
      refused(alices(Optional.of(last()), forged));
    }
    KemPrekey last = last();
    KemPrekey asOneTime =
        new KemPrekey(last.id(), ONE_TIME, last.publicKey(), last.expiresAt(), last.signature());
    refused(alices(Optional.of(last), asOneTime));
    KemPrekey asLast =
        new KemPrekey(good.id(), LAST_RESORT, good.publicKey(), good.expiresAt(), good.signature());
    refused(alices(Optional.of(asLast)));
  }

  @Test
  void a_kem_prekey_that_has_expired_or_lives_too_long_is_refused() {
    Instant tooLate = NOW.plus(Limits.SIGNED_PREKEY_LIFETIME_MAX).plusMillis(1);
    for (Instant end : List.of(NOW, tooLate)) {
      refused(alices(Optional.of(ALICE.kemPrekey(100, LAST_RESORT, end))));
      refused(alices(Optional.of(last()), ALICE.kemPrekey(1, ONE_TIME, end)));
    }
  }

  @Test
  void an_id_or_key_is_used_once_and_a_claimed_one_never_comes_back() {
    refused(alices(Optional.of(last()), ALICE.kemPrekey(100, ONE_TIME, TOMORROW)));
    done(publish(alices(Optional.of(last()), kem(1))));
    assertThat(claimedBy(BOB)).contains(kem(1));

    assertThat(refusal(publish(alices(Optional.of(last()), kem(1)))))
        .isEqualTo(ErrorCode.PREKEY_INVALID);
    assertThat(refusal(publish(alices(Optional.of(ALICE.kemPrekey(1, LAST_RESORT, TOMORROW))))))
        .isEqualTo(ErrorCode.PREKEY_INVALID);
    assertThat(kemPrekeys.lastResort(ALICE.did())).contains(last());
    assertThat(published.fired()).hasSize(1);
  }

  @Test
  void nobody_fills_the_server_with_kem_prekeys() {
    KemPrekey[] full =
        IntStream.range(0, Limits.ONE_TIME_KEM_PREKEYS_MAX)
            .mapToObj(StrippedSuiteTest::kem)
            .toArray(KemPrekey[]::new);
    done(publish(alices(Optional.of(last()), full)));

    assertThat(refusal(publish(alices(Optional.of(last()), kem(200)))))
        .isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
    assertThat(kemPrekeys.countOneTime(ALICE.did(), NOW))
        .isEqualTo(Limits.ONE_TIME_KEM_PREKEYS_MAX);
  }

  @Test
  void an_expired_kem_prekey_is_not_given_out_and_without_any_there_is_no_bundle() {
    Instant soon = NOW.plusSeconds(60);
    done(publish(alices(Optional.of(last()), ALICE.kemPrekey(1, ONE_TIME, soon))));
    now = soon;
    assertThat(claimedBy(BOB)).contains(last());

    done(
        publish(
            new Publication(
                ALICE.signedPrekey("s", TOMORROW.plusSeconds(1), SpokenSuites.ALL),
                List.of(),
                Optional.of(last()),
                List.of())));
    now = TOMORROW;

    assertThat(refusal(claim.claim(BOB.principal(), ALICE.did())))
        .isEqualTo(ErrorCode.PREKEY_UNAVAILABLE);
  }

  private void refused(Publication publication) {
    assertThat(refusal(publish(publication))).isEqualTo(ErrorCode.PREKEY_INVALID);
    assertThat(prekeys.signed(ALICE.did())).isEmpty();
    assertThat(kemPrekeys.lastResort(ALICE.did())).isEmpty();
    assertThat(kemPrekeys.countOneTime(ALICE.did(), NOW)).isZero();
    assertThat(published.fired()).isEmpty();
  }
}
