package io.talos.audit.proofs;

import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogName;
import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Where an event stands, and under what.
 *
 * @param tile the hashes of the entry's own tile, of which every proof needs nearly all
 * @param newest the log's largest checkpoint that may be given out; it may not cover the entry yet
 * @param anchored the smallest one that covers the entry and what was asked for, has evidence and
 *     owes none
 */
public record Place(
    LogName log, Entry entry, List<Bytes> tile, Attested newest, Optional<Attested> anchored) {
  /** Copies. */
  public Place {
    tile = List.copyOf(tile);
  }
}
