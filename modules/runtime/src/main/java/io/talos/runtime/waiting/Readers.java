package io.talos.runtime.waiting;

import io.talos.contracts.Check;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The readers that wait on this node: at most {@value Limits#PER_AGENT_MAX} of one agent, and as
 * many together as the settings say. They hold no thread while they wait; at most {@value
 * Limits#LOOKS_MAX} look at once. Thread safe.
 */
public final class Readers {
  private final int most;
  private final Executor executor;
  private final InstantSource clock;

  private final Map<String, Set<Place>> waiting = new HashMap<>();
  private int all;
  private boolean closed;

  private final Queue<Place> next = new ConcurrentLinkedQueue<>();
  private final AtomicInteger looking = new AtomicInteger();

  /**
   * Nobody waits yet.
   *
   * @param most how many may
   * @param executor runs what looks
   */
  public Readers(int most, Executor executor, InstantSource clock) {
    Check.that(most > 0, "somebody may wait");
    this.most = most;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Gives a reader a place and lets it look at once, because something may have come since it last
   * looked.
   *
   * @return false when there is no place; the reader was not called then
   */
  public boolean enter(String agent, Reader reader) {
    Place place = new Place(agent, reader, clock.instant());
    synchronized (this) {
      Set<Place> own = waiting.getOrDefault(agent, Set.of());
      if (closed || all >= most || own.size() >= Limits.PER_AGENT_MAX) {
        return false;
      }
      waiting.computeIfAbsent(agent, unused -> new LinkedHashSet<>()).add(place);
      all++;
    }
    queue(place);
    return true;
  }

  /** Something came for {@code agent}. */
  public void wake(String agent) {
    of(agent).forEach(this::queue);
  }

  /** Something may have come for anybody. */
  public void wakeAll() {
    all().forEach(this::queue);
  }

  /** Lets those look that have not for a while. */
  public void tick(Instant now) {
    all().stream().filter(place -> place.isOverdue(now)).forEach(this::queue);
  }

  /** Ends all readers and takes no more. */
  public void close() {
    List<Place> last;
    synchronized (this) {
      closed = true;
      last = all();
      waiting.clear();
      all = 0;
    }
    last.forEach(Place::end);
  }

  /** How many wait. */
  public synchronized int count() {
    return all;
  }

  private synchronized List<Place> of(String agent) {
    return List.copyOf(waiting.getOrDefault(agent, Set.of()));
  }

  private synchronized List<Place> all() {
    return waiting.values().stream().flatMap(Set::stream).toList();
  }

  private synchronized void leave(Place place) {
    Set<Place> own = waiting.get(place.agent);
    if (own != null && own.remove(place)) {
      all--;
      if (own.isEmpty()) {
        waiting.remove(place.agent);
      }
    }
  }

  private void queue(Place place) {
    if (place.queued.compareAndSet(false, true)) {
      next.add(place);
      if (looking.getAndUpdate(n -> n < Limits.LOOKS_MAX ? n + 1 : n) < Limits.LOOKS_MAX) {
        executor.execute(this::work);
      }
    }
  }

  private void work() {
    boolean more = true;
    while (more) {
      Place place = next.poll();
      while (place != null) {
        look(place);
        place = next.poll();
      }
      looking.decrementAndGet();
      // Whoever queued between the last poll and the line above saw us still at work.
      more =
          !next.isEmpty()
              && looking.getAndUpdate(n -> n < Limits.LOOKS_MAX ? n + 1 : n) < Limits.LOOKS_MAX;
    }
  }

  private void look(Place place) {
    place.queued.set(false);
    if (!place.look(clock.instant())) {
      leave(place);
    }
  }
}
