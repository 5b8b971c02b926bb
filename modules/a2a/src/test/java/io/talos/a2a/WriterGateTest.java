package io.talos.a2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many write to one recipient or group, so that no connection is left for anybody else. */
@Threat("T-NETWORKDOS-01")
class WriterGateTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final WriterGate gate = new WriterGate();

  @Test
  void four_are_in_an_inbox_the_fifth_is_turned_away_and_other_inboxes_are_open() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WriterGate.WIDTH);
    CountDownLatch inside = new CountDownLatch(WriterGate.WIDTH);
    CountDownLatch leave = new CountDownLatch(1);
    List<Future<Optional<Boolean>>> work = new ArrayList<>();
    try {
      for (int i = 0; i < WriterGate.WIDTH; i++) {
        work.add(threads.submit(() -> gate.within("bob", PATIENT, () -> stay(inside, leave))));
      }
      inside.await();

      assertThat(gate.within("bob", AT_ONCE, () -> true)).isEmpty();
      assertThat(gate.within("alice", AT_ONCE, () -> true)).contains(true);

      leave.countDown();
      for (Future<Optional<Boolean>> each : work) {
        assertThat(each.get()).contains(true);
      }
      assertThat(gate.within("bob", AT_ONCE, () -> true)).contains(true);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean stay(CountDownLatch inside, CountDownLatch leave) {
    inside.countDown();
    try {
      leave.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void work_that_fails_leaves_the_gate() {
    for (int i = 0; i < 2 * WriterGate.WIDTH; i++) {
      assertThatThrownBy(
              () ->
                  gate.within(
                      "bob",
                      AT_ONCE,
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(gate.within("bob", AT_ONCE, () -> true)).contains(true);
  }
}
