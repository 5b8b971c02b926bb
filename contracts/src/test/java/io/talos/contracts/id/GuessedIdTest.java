package io.talos.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.crypto.Randomness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Ids stay in order and apart, whatever the clock does and however many ask at once. */
class GuessedIdTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void ids_grow_while_the_clock_stands_steps_back_and_jumps() {
    Random random = new Random(7);
    UuidV7Generator generator = new UuidV7Generator(random::nextBytes);
    Instant clock = NOW;
    UuidV7 last = generator.next(clock);

    for (int i = 0; i < 20_000; i++) {
      clock = clock.plusMillis(random.nextInt(7) - 3);
      UuidV7 next = generator.next(clock);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void an_id_carries_the_millisecond_of_its_birth() {
    UuidV7Generator generator = new UuidV7Generator(Randomness.secure());

    assertThat(generator.next(NOW.plusNanos(999_999)).millis()).isEqualTo(NOW.toEpochMilli());
    assertThat(generator.next(NOW.minusSeconds(60)).millis()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void when_the_counter_of_a_millisecond_is_spent_the_next_one_is_borrowed() {
    // The largest start and steps that chance can give.
    Randomness ones = target -> Arrays.fill(target, (byte) 0xFF);
    UuidV7Generator generator = new UuidV7Generator(ones);
    UuidV7 first = generator.next(NOW);
    UuidV7 second = generator.next(NOW);

    // 0x7FF at the start leaves half of the 12 bits for the carry out of the lower 62.
    assertThat(first.text()).contains("-77ff-bfff-");
    assertThat(second.text()).contains("-7800-8000-");
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void many_threads_never_get_the_same_id_and_each_sees_its_own_grow() throws Exception {
    UuidV7Generator generator = new UuidV7Generator(Randomness.secure());
    int threads = 8;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<UuidV7> all = new ArrayList<>();
    try {
      Callable<List<UuidV7>> task =
          () -> {
            List<UuidV7> own = new ArrayList<>();
            for (int i = 0; i < each; i++) {
              own.add(generator.next(NOW));
            }
            return own;
          };
      for (Future<List<UuidV7>> own : pool.invokeAll(Collections.nCopies(threads, task))) {
        assertThat(own.get()).isSorted();
        all.addAll(own.get());
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(all).hasSize(threads * each).doesNotHaveDuplicates();
  }

  @Test
  void a_clock_that_shows_no_time_of_ours_is_refused() {
    UuidV7Generator generator = new UuidV7Generator(Randomness.secure());

    assertThatThrownBy(() -> generator.next(Instant.EPOCH.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> generator.next(Instant.ofEpochMilli(1L << 48)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(generator.next(Instant.EPOCH).millis()).isZero();
  }
}
