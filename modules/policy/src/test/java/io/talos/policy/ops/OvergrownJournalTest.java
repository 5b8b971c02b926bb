package io.talos.policy.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Threat;
import io.talos.policy.limits.Limits;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The aim: to make the journal grow faster than it is swept. */
@Threat("T-NETWORKDOS-01")
class OvergrownJournalTest {
  private final AtomicInteger batches = new AtomicInteger();

  @Test
  void sweeping_goes_on_while_there_is_more_and_ends_with_the_last_batch() {
    PolicySweeper.drain(() -> batches.incrementAndGet() < 3);

    assertThat(batches).hasValue(3);
  }

  @Test
  void a_journal_that_never_ends_does_not_keep_the_sweeper_for_ever() {
    PolicySweeper.drain(
        () -> {
          batches.incrementAndGet();
          return true;
        });

    assertThat(batches).hasValue(Limits.SWEEPS_MAX);
  }
}
