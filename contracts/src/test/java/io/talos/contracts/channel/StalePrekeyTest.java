package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mallory hands out old prekeys, hoping that their private halves leak one day. */
@Threat("T-KEYCOMPROMISE-01")
class StalePrekeyTest {
  private final Cast cast = new Cast();
  private final PrekeyBundle bundle = Cast.bundle(cast.bobsPrekeys, "otk-1");

  @Test
  void nobody_opens_a_channel_with_an_expired_prekey_not_even_at_the_very_instant() {
    Refusals.assertRefused(ErrorCode.PREKEY_INVALID, () -> open(Cast.PREKEY_END));
    Refusals.assertRefused(ErrorCode.PREKEY_INVALID, () -> open(Cast.PREKEY_END.plusSeconds(1)));

    assertThat(open(Cast.PREKEY_END.minusMillis(1)).message().signedPrekeyId()).isEqualTo("spk-1");
  }

  @Test
  void bob_answers_to_an_expired_prekey_for_a_day_and_then_no_more() {
    X3dh.Opened opened = open(Cast.PREKEY_END.minusMillis(1));
    Instant end = Cast.PREKEY_END.plus(Limits.PREKEY_GRACE);

    assertThat(
            X3dh.accept(cast.bobsPrekeys, cast.alice.did(), opened.message(), end.minusMillis(1))
                .remaining()
                .oneTime())
        .containsOnlyKeys("otk-2");
    Refusals.assertRefused(
        ErrorCode.PREKEY_INVALID,
        () -> X3dh.accept(cast.bobsPrekeys, cast.alice.did(), opened.message(), end));
  }

  @Test
  void what_bob_threw_away_cannot_be_used() {
    X3dh.Opened opened = open(Cast.NOW);
    Prekeys later = cast.bobsPrekeys.withoutExpired(Cast.PREKEY_END.plus(Limits.PREKEY_GRACE));
    Prekeys without =
        new Prekeys(cast.bob, cast.bobsPrekeys.signed(), Map.of(), cast.bobsPrekeys.kem());

    assertThat(later.signed()).isEmpty();
    Refusals.assertRefused(
        ErrorCode.X3DH_MISSING_PREKEY,
        () -> X3dh.accept(later, cast.alice.did(), opened.message(), Cast.NOW));
    Refusals.assertRefused(
        ErrorCode.X3DH_MISSING_PREKEY,
        () -> X3dh.accept(without, cast.alice.did(), opened.message(), Cast.NOW));
  }

  private X3dh.Opened open(Instant now) {
    return X3dh.open(cast.alice, cast.bob.did(), bundle, Cast.dice("open"), now);
  }
}
