package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileBytes;
import io.talos.contracts.log.TileHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a log entry by entry, and tells when it shows another history, gets shorter, leaves a
 * number of a source out, hides something or stands still. It trusts the log's key and what it
 * remembers, nothing else, and computes the tree itself. Thread safe.
 *
 * <p>When the log changed its key, the watch goes on under the new one as soon as the old one signs
 * no more, if the old one signed the log that names it; from then on the old one counts for
 * nothing.
 *
 * <p>Each look reads the newest checkpoint, and of all new entries the entry bundles and the tiles
 * over them. An alarm is never forgotten: what was remembered before stays what the next look is
 * held against.
 *
 * <p>Source: RFC 9162 §8.2, "Monitor"; C2SP tlog-tiles.
 */
public final class LogWatch {
  private final Optional<Duration> staleAfter;

  /**
   * A watch.
   *
   * @param staleAfter how long the log may stand still; at exactly that time it is stale
   */
  public LogWatch(Optional<Duration> staleAfter) {
    this.staleAfter = staleAfter;
  }

  /**
   * Looks once.
   *
   * @throws TalosException when the source cannot be reached; that is no alarm
   */
  public Look look(Watched before, LogSource source, Instant now) {
    try {
      return judge(before, source, now);
    } catch (TalosException e) {
      if (e.code() == ErrorCode.AUDIT_LOG_HALTED) {
        return alarm(e.code(), "the log says that it is stopped", before);
      }
      throw e;
    }
  }

  /**
   * A checkpoint that the log signed.
   *
   * @param key the key that is trusted, or else one that the log named after it
   */
  private record Signed(SignedNote note, Checkpoint checkpoint, NoteKey key) {
    static Signed read(Bytes served, NoteKey trusted, LogSource source) {
      SignedNote note = SignedNote.parse(served);
      LogKeys known = LogKeys.of(trusted);
      LogKeys keys = note.isSignedBy(trusted) ? known : known.followed(source.keyProofs());
      Checkpoint checkpoint = Checkpoint.open(note, keys);
      return new Signed(note, checkpoint, keys.signerOf(note).orElseThrow());
    }
  }

  private Look judge(Watched before, LogSource source, Instant now) {
    Signed signed;
    Bytes served = source.checkpoint();
    try {
      signed = Signed.read(served, before.log(), source);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.PROOF_INVALID) {
        throw e;
      }
      return alarm(ErrorCode.PROOF_INVALID, "the log's key did not sign the checkpoint", before);
    }
    Checkpoint checkpoint = signed.checkpoint();
    if (checkpoint.size() < before.size()) {
      String why = before.size() + " entries were signed, now " + checkpoint.size();
      return alarm(ErrorCode.AUDIT_LOG_ROLLED_BACK, why, before, signed.note());
    }
    if (checkpoint.size() > before.size()) {
      return grown(before, signed, source, now);
    }
    if (!checkpoint.root().equals(before.root())) {
      String why = "two roots were signed for " + before.size() + " entries";
      return alarm(ErrorCode.AUDIT_LOG_FORKED, why, before, signed.note());
    }
    if (staleAfter.isPresent() && !now.isBefore(before.grownAt().plus(staleAfter.get()))) {
      return alarm(ErrorCode.AUDIT_LOG_STALE, "nothing new since " + before.grownAt(), before);
    }
    return new Look.Holds(before.under(signed.key(), signed.note()), 0);
  }

  private static Look grown(Watched before, Signed signed, LogSource source, Instant now) {
    Checkpoint checkpoint = signed.checkpoint();
    SignedNote note = signed.note();
    Growth growth = new Growth(before);
    try {
      long first = before.size() / Tile.WIDTH_FULL;
      for (long index = first; index * Tile.WIDTH_FULL < checkpoint.size(); index++) {
        int width = Tile.ofEntries(index, 1).widthIn(checkpoint.size());
        List<Bytes> entries = TileBytes.entries(file(source, Tile.ofEntries(index, width)), width);
        if (!entries.stream()
            .map(MerkleTree::leafHash)
            .toList()
            .equals(hashes(source, checkpoint.size(), 0, index))) {
          return incomplete("the entries in bundle " + index + " are not those of its tile", note);
        }
        growth.append(entries, index * Tile.WIDTH_FULL);
      }
      TileHashes tiles =
          new TileHashes((level, index) -> hashes(source, checkpoint.size(), level, index));
      Bytes root = MerkleTree.root(checkpoint.size(), tiles);
      if (!growth.root().equals(checkpoint.root())) {
        return root.equals(checkpoint.root())
            ? forked(before, note, tiles)
            : incomplete("the tiles do not lead to the root that was signed", note);
      }
      if (!root.equals(checkpoint.root())) {
        return incomplete("the tiles do not lead to the root that was signed", note);
      }
    } catch (TalosException e) {
      if (e.code() == ErrorCode.PROOF_INVALID) {
        return incomplete(String.valueOf(e.getMessage()), note);
      }
      throw e;
    }
    return growth
        .gap()
        .map(why -> alarm(ErrorCode.AUDIT_LOG_GAP, why, before, note))
        .orElseGet(
            () ->
                new Look.Holds(
                    growth.watched(signed.key(), note, now), checkpoint.size() - before.size()));
  }

  /** The log's own tiles lead to the root that it signed now: do they begin with the one before? */
  private static Look forked(Watched before, SignedNote note, TileHashes tiles) {
    if (MerkleTree.root(before.size(), tiles).equals(before.root())) {
      return incomplete("the entries that are served are not those that were signed", note);
    }
    String why = "the tree of " + before.size() + " entries is not the one that was signed for it";
    return alarm(ErrorCode.AUDIT_LOG_FORKED, why, before, note);
  }

  private static Bytes file(LogSource source, Tile tile) {
    return source
        .tile(tile)
        .orElseThrow(() -> new TalosException(ErrorCode.PROOF_INVALID, "no tile " + tile.path()));
  }

  private static List<Bytes> hashes(LogSource source, long size, int level, long index) {
    int width = Tile.ofHashes(level, index, 1).widthIn(size);
    return TileBytes.hashes(file(source, Tile.ofHashes(level, index, width)), width);
  }

  private static Look incomplete(String why, SignedNote note) {
    return new Look.Alarm(ErrorCode.AUDIT_LOG_INCOMPLETE, why, List.of(note));
  }

  private static Look alarm(ErrorCode code, String why, Watched before, SignedNote... evidence) {
    List<SignedNote> notes = new ArrayList<>();
    before.checkpoint().ifPresent(notes::add);
    notes.addAll(List.of(evidence));
    return new Look.Alarm(code, why, notes);
  }
}
