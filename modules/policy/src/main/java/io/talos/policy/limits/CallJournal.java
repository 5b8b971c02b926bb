package io.talos.policy.limits;

import io.talos.contracts.Bytes;

/** The durable count of admitted calls. */
@FunctionalInterface
public interface CallJournal {
  /** How many calls of {@code link} were admitted by transactions that have committed. */
  long confirmed(Bytes link);
}
