package io.talos.runtime.waiting;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reader's place among those who wait. */
final class Place {
  final String agent;
  final Reader reader;

  /** Whether it stands in the queue of those who look next; so it stands there once. */
  final AtomicBoolean queued = new AtomicBoolean();

  private boolean left;
  private volatile Instant lookedAt;

  Place(String agent, Reader reader, Instant now) {
    this.agent = agent;
    this.reader = reader;
    this.lookedAt = now;
  }

  /** Looks; false when the reader is done or was before. */
  synchronized boolean look(Instant now) {
    lookedAt = now;
    if (!left && !reader.look(now)) {
      left = true;
    }
    return !left;
  }

  /** Ends the reader, once. */
  synchronized void end() {
    if (!left) {
      left = true;
      reader.end();
    }
  }

  boolean isOverdue(Instant now) {
    return !now.isBefore(reader.due()) || !now.isBefore(lookedAt.plus(Limits.LOOK_EVERY));
  }
}
