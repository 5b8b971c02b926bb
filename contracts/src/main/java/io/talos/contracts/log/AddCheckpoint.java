package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a log asks a witness: cosign this checkpoint, which continues the one of this size that you
 * cosigned last.
 *
 * <p>Source: C2SP tlog-witness, "add-checkpoint".
 *
 * @param oldSize the size that the witness is believed to know; 0 when it knows none
 * @param proof the consistency proof between the two sizes
 * @param checkpoint the signed note
 */
public record AddCheckpoint(long oldSize, List<Bytes> proof, SignedNote checkpoint) {
  /** Where a witness takes it, below its prefix. */
  public static final String PATH = "add-checkpoint";

  /** The media type of the answer that names the size that the witness knows. */
  public static final String SIZE_TYPE = "text/x.tlog.size";

  private static final String OLD = "old ";
  private static final String SIZE = "0|[1-9][0-9]{0,18}";

  /** Checks the bounds. */
  public AddCheckpoint {
    Check.that(0 <= oldSize && oldSize <= MerkleTree.SIZE_MAX, "a size lies between 0 and 2^62");
    Check.atMost(proof.size(), Limits.WITNESS_PROOF_LINES_MAX, "the number of proof lines");
    Check.that(proof.stream().allMatch(hash -> hash.size() == Sha256.SIZE), "a hash has 32 bytes");
    proof = List.copyOf(proof);
  }

  /** The body of the request. */
  public String encoded() {
    return OLD
        + oldSize
        + "\n"
        + proof.stream().map(hash -> Base64Text.encode(hash) + "\n").collect(Collectors.joining())
        + "\n"
        + checkpoint.encoded();
  }

  /**
   * Reads a body.
   *
   * @throws TalosException {@link ErrorCode#WITNESS_REQUEST_INVALID} when it has another form
   */
  public static AddCheckpoint parse(Bytes body) {
    String text = text(body);
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw invalid("no empty line", null);
    }
    String[] lines = text.substring(0, blank).split("\n", -1);
    if (lines.length - 1 > Limits.WITNESS_PROOF_LINES_MAX || !lines[0].startsWith(OLD)) {
      throw invalid("no old size, or too many lines", null);
    }
    try {
      List<Bytes> proof = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        proof.add(Base64Text.decode(lines[i]));
      }
      return new AddCheckpoint(
          size(lines[0].substring(OLD.length())),
          proof,
          SignedNote.parse(text.substring(blank + 2)));
    } catch (IllegalArgumentException | TalosException e) {
      throw invalid("a line cannot be read", e);
    }
  }

  /**
   * Reads a size as this protocol writes it, without its line feed.
   *
   * @throws TalosException {@link ErrorCode#WITNESS_REQUEST_INVALID} when it is none
   */
  public static long size(String text) {
    if (!text.matches(SIZE)) {
      throw invalid("not a size", null);
    }
    try {
      long size = Long.parseLong(text);
      if (size <= MerkleTree.SIZE_MAX) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw invalid("not a size", e);
    }
    throw invalid("not a size", null);
  }

  private static String text(Bytes body) {
    if (body.size() > Limits.WITNESS_REQUEST_BYTES_MAX) {
      throw invalid("too large", null);
    }
    try {
      // A fresh decoder reports malformed input instead of replacing it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toArray())).toString();
    } catch (CharacterCodingException e) {
      throw invalid("malformed UTF-8", e);
    }
  }

  private static TalosException invalid(String why, @Nullable Throwable cause) {
    return new TalosException(ErrorCode.WITNESS_REQUEST_INVALID, "add-checkpoint: " + why, cause);
  }
}
