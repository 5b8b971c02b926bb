package io.talos.audit;

import io.talos.runtime.waiting.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Holds those who wait on this node for the next checkpoint, from start-up on. Thread safe. */
@ApplicationScoped
public class WaitingFollowers {
  private volatile @Nullable Readers readers;

  /** Start-up brings them, because only it has the server's threads. */
  public void begin(Readers ours) {
    readers = ours;
  }

  /** The readers. */
  public Readers get() {
    Readers known = readers;
    if (known == null) {
      throw new IllegalStateException("start-up brings the readers");
    }
    return known;
  }
}
