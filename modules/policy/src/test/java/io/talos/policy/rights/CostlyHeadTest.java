package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.registry.Threat;
import io.talos.policy.rights.Revocations.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory asks for the feed's head again and again, so that the server does nothing but sign. */
@Threat("T-NETWORKDOS-01")
class CostlyHeadTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Head FIRST = new Head(1, Sha256.of(Bytes.utf8("one")));
  private static final Head SECOND = new Head(2, Sha256.of(Bytes.utf8("two")));

  private final SignedHead signed = new SignedHead();
  private final List<Instant> signatures = new ArrayList<>();

  private Bytes ask(Head head, Instant now) {
    return signed.of(
        head,
        now,
        second -> {
          signatures.add(second);
          return Bytes.utf8(head.epoch() + " at " + second);
        });
  }

  @Test
  void a_thousand_questions_in_a_second_cost_one_signature() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(ask(FIRST, NOON.plusMillis(i))).isEqualTo(Bytes.utf8("1 at " + NOON));
    }

    assertThat(signatures).containsExactly(NOON);
  }

  @Test
  void a_revocation_is_in_the_next_answer_and_not_a_second_later() {
    ask(FIRST, NOON);

    assertThat(ask(SECOND, NOON.plusMillis(1))).isEqualTo(Bytes.utf8("2 at " + NOON));
  }

  @Test
  void the_next_second_has_a_signature_of_its_own() {
    ask(FIRST, NOON.plusMillis(999));
    ask(FIRST, NOON.plusMillis(1_000));

    assertThat(signatures).containsExactly(NOON, NOON.plusSeconds(1));
  }
}
