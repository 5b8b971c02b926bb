package io.talos.a2a.ops;

import io.talos.a2a.store.SweeperLock;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Lets one node at a time sweep. */
@Dependent
public class Turn {
  private final SweeperLock lock;

  @Inject
  Turn(SweeperLock lock) {
    this.lock = lock;
  }

  /** Does {@code work} when no other node is at it; otherwise nothing. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void take(Runnable work) {
    if (lock.tryTake()) {
      work.run();
    }
  }
}
