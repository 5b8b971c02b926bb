package io.talos.runtime.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many wait so that no others can, or are forgotten where they wait. */
@Threat("T-NETWORKDOS-01")
class ReadersTest {
  private static final int MOST = 20;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00.000Z");
  private final Readers readers = new Readers(MOST, tasks::add, () -> now);

  /** Waits until it is told to be done. */
  private final class Waiting implements Reader {
    private final Instant due = now.plusSeconds(30);
    private int looks;
    private boolean ended;
    private boolean done;

    @Override
    public Instant due() {
      return due;
    }

    @Override
    public boolean look(Instant at) {
      looks++;
      return !done;
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private Waiting entered(String agent) {
    Waiting waiting = new Waiting();
    assertThat(readers.enter(agent, waiting)).isTrue();
    work();
    return waiting;
  }

  @Test
  void a_reader_looks_when_it_enters_and_whenever_it_is_woken() {
    Waiting bob = entered("bob");
    Waiting alice = entered("alice");

    readers.wake("bob");
    readers.wake("mallory");
    work();
    assertThat(List.of(bob.looks, alice.looks)).containsExactly(2, 1);

    readers.wakeAll();
    work();
    assertThat(List.of(bob.looks, alice.looks)).containsExactly(3, 2);
  }

  @Test
  void one_agent_gets_eight_places_and_all_together_no_more_than_there_are() {
    List<Waiting> mallorys = new ArrayList<>();
    for (int i = 0; i < Limits.PER_AGENT_MAX; i++) {
      mallorys.add(entered("mallory"));
    }
    assertThat(readers.enter("mallory", new Waiting())).isFalse();
    for (int i = Limits.PER_AGENT_MAX; i < MOST; i++) {
      entered("agent " + i);
    }
    assertThat(readers.enter("bob", new Waiting())).isFalse();

    mallorys.get(0).done = true;
    readers.wake("mallory");
    work();
    assertThat(readers.count()).isEqualTo(MOST - 1);
    entered("bob");
  }

  @Test
  void who_was_not_woken_looks_by_itself_after_a_while_and_at_its_end() {
    Waiting bob = entered("bob");

    now = now.plus(Limits.LOOK_EVERY).minusMillis(1);
    readers.tick(now);
    work();
    assertThat(bob.looks).isEqualTo(1);
    now = now.plusMillis(1);
    readers.tick(now);
    work();
    assertThat(bob.looks).isEqualTo(2);
    now = bob.due;
    readers.tick(now);
    work();
    assertThat(bob.looks).isEqualTo(3);
  }

  @Test
  void when_the_node_ends_everybody_is_told_once_and_nobody_enters_any_more() {
    Waiting bob = entered("bob");
    readers.wake("bob");
    readers.close();
    work();

    assertThat(bob.ended).isTrue();
    assertThat(bob.looks).isEqualTo(1);
    assertThat(readers.enter("bob", new Waiting())).isFalse();
    assertThat(readers.count()).isZero();
  }

  @Test
  void woken_from_many_threads_no_wake_is_lost_and_few_look_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * Limits.LOOKS_MAX);
    try {
      Readers shared = new Readers(1000, threads, () -> now);
      AtomicInteger sent = new AtomicInteger();
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger crowd = new AtomicInteger();
      CountDownLatch seen = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        shared.enter(
            "agent " + i,
            new Reader() {
              @Override
              public Instant due() {
                return now.plusSeconds(60);
              }

              @Override
              public boolean look(Instant at) {
                crowd.accumulateAndGet(inside.incrementAndGet(), Math::max);
                boolean last = sent.get() == 1000;
                inside.decrementAndGet();
                if (last) {
                  seen.countDown();
                }
                return !last;
              }

              @Override
              public void end() {
                throw new AssertionError("nobody ended it");
              }
            });
      }
      for (int i = 0; i < 1000; i++) {
        sent.incrementAndGet();
        for (int agent = 0; agent < 100; agent += 1 + i % 7) {
          shared.wake("agent " + agent);
        }
      }
      shared.wakeAll();

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(crowd.get()).isLessThanOrEqualTo(Limits.LOOKS_MAX);
    } finally {
      threads.shutdownNow();
    }
  }
}
