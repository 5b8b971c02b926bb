package io.talos.audit.recheck;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the recheck of this node is, and how the last one ended. One runs at a time. Thread safe.
 */
public final class RecheckState {
  private boolean running;
  private boolean cancelled;
  private long checked;
  private long total;
  private @Nullable Verdict last;
  private @Nullable String failure;
  private @Nullable Instant endedAt;

  /** Claims the run; false when one is under way. */
  public synchronized boolean begin() {
    if (running) {
      return false;
    }
    running = true;
    cancelled = false;
    checked = 0;
    total = 0;
    return true;
  }

  /** There are so many more entries to check. */
  synchronized void expect(long entries) {
    total += entries;
  }

  /** So many more entries hold. */
  synchronized void advance(long entries) {
    checked += entries;
  }

  /** Tells the run that is under way to stop. */
  public synchronized void cancel() {
    cancelled = running;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** The run ended. */
  public synchronized void end(Verdict verdict, Instant now) {
    running = false;
    last = verdict;
    failure = null;
    endedAt = now;
  }

  /** The run could not be finished; what was found before stays known. */
  public synchronized void failed(String why, Instant now) {
    running = false;
    failure = why;
    endedAt = now;
  }

  /** Whether one is under way. */
  public synchronized boolean isRunning() {
    return running;
  }

  /** How many entries the run has checked. */
  public synchronized long checked() {
    return checked;
  }

  /** How many it has to check. */
  public synchronized long total() {
    return total;
  }

  /** How the last finished run ended. */
  public synchronized Optional<Verdict> last() {
    return Optional.ofNullable(last);
  }

  /** Why the last run could not be finished, if it could not. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** When the last run ended. */
  public synchronized Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** The bad row that the last finished run found. */
  public synchronized Optional<BadRow> badRow() {
    return last()
        .flatMap(
            v -> v.match(h -> Optional.empty(), b -> Optional.of(b.row()), c -> Optional.empty()));
  }
}
