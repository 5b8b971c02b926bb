package io.talos.policy;

import io.talos.contracts.id.UuidV7;
import io.talos.policy.limits.Used;
import java.util.List;

/** The journal recorded what an admitted request used; true once the transaction commits. */
record AllowancesUsed(UuidV7 requestId, List<Used> used) {
  AllowancesUsed {
    used = List.copyOf(used);
  }
}
