package io.talos.policy.limits;

import io.talos.contracts.Bytes;
import io.talos.contracts.port.AccessControl.Allowance;

/** The durable record of what was used of allowances. */
@FunctionalInterface
public interface AllowanceJournal {
  /** How much of {@code link} was used by admissions that have committed. */
  long used(Allowance.Kind kind, Bytes link);
}
