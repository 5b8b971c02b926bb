package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import java.util.Map;

/**
 * The journal counted an admitted request; true once the transaction commits.
 *
 * @param counts by link, how many calls it has seen, this one included
 */
record CallsCounted(UuidV7 requestId, Map<Bytes, Long> counts) {
  CallsCounted {
    counts = Map.copyOf(counts);
  }
}
