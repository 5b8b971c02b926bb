package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileBytes;
import io.talos.contracts.schema.SchemaLibrary;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads all entries of a log from its first on, and proves that they are those that its newest
 * checkpoint covers: their tree, computed here, has the root that the log's key signed.
 *
 * <p>Only so can anybody be sure that an entry is missing: a Merkle proof shows what lies in a
 * tree, never what does not.
 *
 * <p>Source: RFC 9162 §2.1.1; C2SP tlog-tiles.
 */
public final class WholeLog {
  private WholeLog() {}

  /**
   * Gives every entry to {@code each}, in order. Nothing that it was given is to be believed before
   * this returns.
   *
   * @return the checkpoint that covers exactly these entries
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when the key did not sign, or something
   *     is not served or is not what was signed
   */
  public static Checkpoint read(LogKeys log, LogSource source, Consumer<LogLeaf> each) {
    Checkpoint checkpoint = Checkpoint.open(SignedNote.parse(source.checkpoint()), log);
    SchemaLibrary schemas = new SchemaLibrary();
    Frontier frontier = new Frontier();
    for (long index = 0; frontier.size() < checkpoint.size(); index++) {
      int width = Tile.ofEntries(index, 1).widthIn(checkpoint.size());
      for (Bytes entry : entries(source, Tile.ofEntries(index, width), width)) {
        LogLeaf leaf = LogLeaf.parse(entry, schemas);
        if (leaf.logSeq() != frontier.size()) {
          throw new TalosException(
              ErrorCode.PROOF_INVALID, "entry " + frontier.size() + " says it is " + leaf.logSeq());
        }
        frontier.append(MerkleTree.leafHash(entry));
        each.accept(leaf);
      }
    }
    if (!frontier.root().equals(checkpoint.root())) {
      throw new TalosException(
          ErrorCode.PROOF_INVALID, "the entries are not those that the checkpoint covers");
    }
    return checkpoint;
  }

  private static List<Bytes> entries(LogSource source, Tile tile, int width) {
    Bytes file =
        source
            .tile(tile)
            .orElseThrow(
                () -> new TalosException(ErrorCode.PROOF_INVALID, "no tile " + tile.path()));
    return TileBytes.entries(file, width);
  }
}
