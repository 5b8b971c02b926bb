package io.talos.audit.proofs;

import io.talos.contracts.id.UuidV7;
import java.util.Optional;

/** Where what proves an event is found, all at once: every question is a way to the database. */
public interface ProofRows {
  /**
   * An event and what proves it but the hashes of the tree, as of one moment.
   *
   * @param reach a size that an anchored checkpoint has at least; it covers the event in any case
   */
  Optional<Provable> find(UuidV7 eventId, long reach);
}
