package io.talos.identity.authentication;

import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.identity.authentication.Nonces.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every memory of nonces must do; each test starts with an empty one. */
public interface NoncesContract {
  String NONCE = "BwcHBwcHBwcHBwcHBwcHBw";
  String OTHER = "CAgICAgICAgICAgICAgICA";

  Nonces nonces();

  @Test
  default void a_nonce_is_fresh_once_for_each_signer() {
    Nonces nonces = nonces();
    Instant later = begun(nonces);

    assertThat(spend(nonces, later)).isEqualTo(Verdict.FRESH);

    assertThat(spend(nonces, later)).isEqualTo(Verdict.SEEN);
    assertThat(spend(nonces, later.plusSeconds(20))).isEqualTo(Verdict.SEEN);
    assertThat(nonces.spend(ALICE.did(), OTHER, later, later.plusSeconds(30), later))
        .isEqualTo(Verdict.FRESH);
    assertThat(nonces.spend(BOB.did(), NONCE, later, later.plusSeconds(30), later))
        .isEqualTo(Verdict.FRESH);
  }

  @Test
  default void what_an_empty_memory_may_have_forgotten_is_refused() {
    Nonces nonces = nonces();
    Instant firstGood = NOW.plus(nonces.blindFor());

    assertThat(spend(nonces, NOW)).isEqualTo(Verdict.OLDER_THAN_MEMORY);
    assertThat(spend(nonces, NOW.minusSeconds(30))).isEqualTo(Verdict.OLDER_THAN_MEMORY);
    assertThat(spend(nonces, firstGood.minusMillis(1))).isEqualTo(Verdict.OLDER_THAN_MEMORY);
    assertThat(spend(nonces, firstGood)).isEqualTo(Verdict.FRESH);
    assertThat(nonces.completeSince(firstGood)).isEqualTo(NOW);
  }

  @Test
  default void asking_since_when_begins_an_empty_memory_and_changes_no_other() {
    Nonces nonces = nonces();

    assertThat(nonces.completeSince(NOW)).isEqualTo(NOW);

    assertThat(nonces.completeSince(NOW.plusSeconds(60))).isEqualTo(NOW);
  }

  /** Begins the memory and returns an instant at which it knows everything. */
  static Instant begun(Nonces nonces) {
    return nonces.completeSince(NOW).plus(nonces.blindFor());
  }

  private static Verdict spend(Nonces nonces, Instant created) {
    return nonces.spend(ALICE.did(), NONCE, created, created.plusSeconds(30), NOW);
  }
}
