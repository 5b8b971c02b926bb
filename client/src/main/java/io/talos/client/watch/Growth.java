package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.schema.SchemaLibrary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The new entries of a log, one after the other: their tree, and the numbers of their sources. */
final class Growth {
  private final Watched before;
  private final Frontier frontier;
  private final Turns.Counting counting;
  private final SchemaLibrary schemas = new SchemaLibrary();
  private @Nullable String gap;

  Growth(Watched before) {
    this.before = before;
    this.frontier = new Frontier(before.size(), before.frontier());
    this.counting = before.turns().counting();
  }

  /**
   * Appends those of {@code entries} that are new.
   *
   * @param first the index of the first of them in the log
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when one is none
   */
  void append(List<Bytes> entries, long first) {
    for (int i = (int) Math.max(0, frontier.size() - first); i < entries.size(); i++) {
      LogLeaf leaf = LogLeaf.parse(entries.get(i), schemas);
      if (leaf.logSeq() != frontier.size()) {
        throw new TalosException(
            ErrorCode.PROOF_INVALID, "entry " + frontier.size() + " says it is " + leaf.logSeq());
      }
      frontier.append(MerkleTree.leafHash(entries.get(i)));
      count(leaf);
    }
  }

  private void count(LogLeaf leaf) {
    boolean opens = leaf.logSeq() == 0 && LogOrigin.name(before.log().name()).isPresent();
    Optional<Long> expected = counting.count(leaf.source(), leaf.sourceSeq(), opens);
    if (expected.isPresent() && gap == null) {
      gap = leaf.source() + " goes from " + expected.get() + " to " + leaf.sourceSeq();
    }
    if (counting.sources() > Limits.SOURCES_MAX) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "more sources than any log has");
    }
  }

  /** The root over all entries up to here. */
  Bytes root() {
    return frontier.root();
  }

  /** Where a source's numbers have their first gap. */
  Optional<String> gap() {
    return Optional.ofNullable(gap);
  }

  /** What to remember when {@code note}, which {@code key} signed, is over these entries. */
  Watched watched(NoteKey key, SignedNote note, Instant now) {
    return new Watched(
        before.given(),
        key,
        Optional.of(note),
        frontier.size(),
        frontier.hashes(),
        counting.turns(),
        before.began(),
        now);
  }
}
