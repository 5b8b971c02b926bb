package io.talos.audit.witness;

import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What a witness cosigned, in memory. A test holds {@link #lock} as a transaction does. */
public final class MemoryWitnessRows implements WitnessRows {
  public final List<Checkpoint> cosigned = new ArrayList<>();
  public final List<Checkpoint> contradictions = new ArrayList<>();

  /** The lock of all logs; the caller's transaction lets it go. */
  public final ReentrantLock lock = new ReentrantLock();

  @Override
  public void lock(String origin) {
    lock.lock();
  }

  @Override
  public Optional<Checkpoint> newest(String origin) {
    return cosigned.stream()
        .filter(c -> c.origin().equals(origin))
        .reduce((a, b) -> a.size() > b.size() ? a : b);
  }

  @Override
  public void add(Checkpoint checkpoint, SignedNote note, Instant now) {
    cosigned.add(checkpoint);
  }

  @Override
  public boolean addContradiction(Checkpoint shown, SignedNote note, Instant now) {
    return !contradictions.contains(shown) && contradictions.add(shown);
  }
}
