package io.talos.audit.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the log beside the database: the newest checkpoint that it saw, which one
 * waits for a standby, and whether it stopped the log. A stopped log stays stopped until the node
 * is started again. Thread safe.
 */
public final class LogGuard {
  private volatile @Nullable Published seen;
  private volatile @Nullable String halted;
  private volatile @Nullable Waiting waiting;

  /** Remembers a checkpoint that was published, if it is newer than what is remembered. */
  public synchronized void saw(Published published) {
    Published before = seen;
    if (before == null
        || !before.checkpoint().origin().equals(published.checkpoint().origin())
        || before.checkpoint().size() < published.checkpoint().size()) {
      seen = published;
    }
  }

  /** The newest checkpoint that was seen. */
  public Optional<Published> seen() {
    return Optional.ofNullable(seen);
  }

  /** The checkpoint that waits for a standby, since it was first found waiting. */
  public Optional<Waiting> waiting() {
    return Optional.ofNullable(waiting);
  }

  /** Remembers what waits for a standby; nothing, when it is given out or there is none. */
  public void awaits(Optional<Waiting> next) {
    waiting = next.orElse(null);
  }

  /** Stops the log; true when it was not stopped before. */
  public synchronized boolean halt(String why) {
    boolean first = halted == null;
    if (first) {
      halted = why;
    }
    return first;
  }

  /** Why the log is stopped. */
  public Optional<String> halted() {
    return Optional.ofNullable(halted);
  }
}
