package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of itself: this many leaves, under this root.
 *
 * <p>Source: C2SP tlog-checkpoint, "Note text". Extension lines of other logs are passed over; this
 * log writes none.
 *
 * @param origin names the log
 * @param size number of leaves
 * @param root RFC 6962 root
 */
public record Checkpoint(String origin, long size, Bytes root) {
  /** Checks the bounds. */
  public Checkpoint {
    Check.that(!origin.isEmpty() && origin.indexOf('\n') < 0, "an origin is one line");
    Check.that(0 <= size && size <= MerkleTree.SIZE_MAX, "a size lies between 0 and 2^62");
    Check.that(root.size() == Sha256.SIZE, "a root has 32 bytes");
  }

  /** The note's text. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64Text.encode(root) + "\n";
  }

  /**
   * Reads a note's text.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    // The text ends in a line feed, so an empty piece follows the last line.
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw invalid(null);
    }
    for (int i = 0; i < lines.length - 1; i++) {
      if (lines[i].isEmpty()) {
        throw invalid(null);
      }
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
      throw invalid(null);
    }
    try {
      return new Checkpoint(lines[0], Long.parseLong(lines[1]), Base64Text.decode(lines[2]));
    } catch (IllegalArgumentException | TalosException e) {
      throw invalid(e);
    }
  }

  /**
   * Reads a note and returns its checkpoint only when {@code key} signed it and the checkpoint is
   * of the log that the key is named after.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} otherwise
   */
  public static Checkpoint open(SignedNote note, NoteKey key) {
    return open(note, LogKeys.of(key));
  }

  /**
   * Reads a note and returns its checkpoint only when one of {@code keys} signed it and the
   * checkpoint is of their log.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} otherwise
   */
  public static Checkpoint open(SignedNote note, LogKeys keys) {
    if (keys.signerOf(note).isEmpty()) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "the log's key did not sign this");
    }
    Checkpoint checkpoint = parse(note.text());
    if (!checkpoint.origin.equals(keys.origin())) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "the checkpoint is of another log");
    }
    return checkpoint;
  }

  private static TalosException invalid(@Nullable Exception cause) {
    return new TalosException(ErrorCode.PROOF_INVALID, "not a checkpoint", cause);
  }
}
