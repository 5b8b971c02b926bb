package io.talos.audit;

import io.talos.audit.event.EventRows;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.KeyPeriod;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.TileHashes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Proves to strangers that a log named a further key: the event with its proof, under the first
 * checkpoint that covers it, which the key before it signed as well.
 */
@Dependent
public class ProveKey {
  private final EventRows events;
  private final LogRows rows;
  private final TileMemory tiles;

  @Inject
  ProveKey(EventRows events, LogRows rows, TileMemory tiles) {
    this.events = events;
    this.rows = rows;
    this.tiles = tiles;
  }

  /** The proof; empty for the key that the log was opened with, and until it is published. */
  Optional<ProofBundle> prove(LogName log, KeyPeriod key) {
    // An event that waited when the log was stopped is an entry of the log that followed.
    Optional<Entry> entry =
        key.added().flatMap(rows::entryOf).filter(found -> found.logId() == log.id());
    Optional<Published> under = entry.flatMap(e -> rows.covering(log, e.logSeq()));
    return under.map(published -> bundle(log, entry.orElseThrow(), published));
  }

  private ProofBundle bundle(LogName log, Entry entry, Published under) {
    long size = under.checkpoint().size();
    TileHashes hashes = TileHashes.of(tiles.before(log, rows.tiles(log)));
    return new ProofBundle(
        events.find(entry.eventId()).orElseThrow(),
        StrictJson.parseObject(entry.leaf(), Limits.REQUEST),
        size,
        MerkleTree.inclusion(entry.logSeq(), size, hashes),
        under.note().encoded(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
