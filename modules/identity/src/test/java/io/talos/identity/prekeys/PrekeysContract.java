package io.talos.identity.prekeys;

import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.NOW;
import static io.talos.identity.People.oneTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every memory of prekeys must do; Alice and Bob are registered, nothing is published. */
public interface PrekeysContract {
  Prekeys prekeys();

  @Test
  default void a_new_signed_prekey_replaces_the_one_before_of_its_owner_only() {
    Prekeys prekeys = prekeys();
    SignedPrekey alices = ALICE.signedPrekey("a", NOW.plusSeconds(60));
    SignedPrekey bobs = BOB.signedPrekey("a", NOW.plusSeconds(60));
    SignedPrekey next = ALICE.signedPrekey("b", NOW.plusSeconds(90));

    prekeys.replaceSigned(ALICE.did(), alices);
    prekeys.replaceSigned(BOB.did(), bobs);
    assertThat(prekeys.signed(ALICE.did())).contains(alices);
    prekeys.replaceSigned(ALICE.did(), next);

    assertThat(prekeys.signed(ALICE.did())).contains(next);
    assertThat(prekeys.signed(BOB.did())).contains(bobs);
  }

  @Test
  default void every_one_time_prekey_is_taken_once_the_oldest_first() {
    Prekeys prekeys = prekeys();
    prekeys.lock(ALICE.did());
    prekeys.addOneTime(ALICE.did(), List.of(oneTime(5)), NOW);
    prekeys.addOneTime(ALICE.did(), List.of(oneTime(1), oneTime(2)), NOW.plusSeconds(1));
    prekeys.addOneTime(BOB.did(), List.of(oneTime(1)), NOW);

    assertThat(prekeys.oneTime(ALICE.did())).containsExactly(oneTime(5), oneTime(1), oneTime(2));
    assertThat(prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW)).contains(oneTime(5));
    assertThat(prekeys.countOneTime(ALICE.did())).isEqualTo(2);
    assertThat(prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW)).contains(oneTime(1));
    assertThat(prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW)).contains(oneTime(2));
    assertThat(prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW)).isEmpty();
    assertThat(prekeys.countOneTime(ALICE.did())).isZero();
    assertThat(prekeys.oneTime(BOB.did())).containsExactly(oneTime(1));
  }

  @Test
  default void prekeys_of_a_retired_key_are_gone_and_those_of_others_stay() {
    Prekeys prekeys = prekeys();
    prekeys.replaceSigned(ALICE.did(), ALICE.signedPrekey("a", NOW.plusSeconds(60)));
    prekeys.replaceSigned(BOB.did(), BOB.signedPrekey("b", NOW.plusSeconds(60)));
    prekeys.addOneTime(ALICE.did(), List.of(oneTime(1)), NOW);
    prekeys.addOneTime(BOB.did(), List.of(oneTime(2)), NOW);

    prekeys.forget(ALICE.did(), NOW);

    assertThat(prekeys.signed(ALICE.did())).isEmpty();
    assertThat(prekeys.countOneTime(ALICE.did())).isZero();
    assertThat(prekeys.isSpent(ALICE.did(), List.of(oneTime(1)))).isTrue();
    assertThat(prekeys.isSpent(BOB.did(), List.of(oneTime(2)))).isFalse();
    assertThat(prekeys.signed(BOB.did())).isPresent();
    assertThat(prekeys.countOneTime(BOB.did())).isEqualTo(1);
  }

  @Test
  default void as_many_prekeys_fit_as_the_limit_says() {
    Prekeys prekeys = prekeys();
    List<OneTimePrekey> all =
        IntStream.range(0, Limits.ONE_TIME_PREKEYS_MAX).mapToObj(i -> oneTime(i)).toList();

    prekeys.addOneTime(ALICE.did(), all, NOW);

    Set<OneTimePrekey> taken = new HashSet<>();
    for (Optional<OneTimePrekey> one = prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW);
        one.isPresent();
        one = prekeys.takeOneTime(ALICE.did(), BOB.did().text(), NOW)) {
      assertThat(taken.add(one.get())).isTrue();
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
  }
}
