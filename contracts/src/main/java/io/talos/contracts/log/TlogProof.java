package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proof that an entry lies in a log, in the text form that tools for transparency logs share.
 * Reading it proves nothing; {@link #verify} does. One text for every proof.
 *
 * <p>Source: C2SP tlog-proof, "Format".
 *
 * @param extra what the log adds, unsigned; this log adds the entry itself, which the proof then
 *     vouches for
 * @param index the entry's index, from 0
 * @param path the inclusion proof, from the leaf upward
 * @param checkpoint the signed note over the tree
 */
public record TlogProof(
    Optional<Bytes> extra, long index, List<Bytes> path, SignedNote checkpoint) {
  /** The first line. */
  public static final String HEADER = "c2sp.org/tlog-proof@v1";

  private static final String EXTRA = "extra ";
  private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,18})");

  /** Checks the bounds and copies. */
  public TlogProof {
    Check.that(
        extra.stream().allMatch(e -> !e.isEmpty() && e.size() <= Limits.EXTRA_BYTES_MAX),
        "extra data are not empty and bounded");
    Check.that(0 <= index && index < MerkleTree.SIZE_MAX, "an index is not negative");
    Check.atMost(path.size(), Limits.PATH_HASHES_MAX, "the hashes of a path");
    Check.that(path.stream().allMatch(hash -> hash.size() == Sha256.SIZE), "a hash has 32 bytes");
    path = List.copyOf(path);
  }

  /** The file's text. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(bytes -> text.append(EXTRA).append(Base64Text.encode(bytes)).append('\n'));
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(Base64Text.encode(hash)).append('\n'));
    return text.append('\n').append(checkpoint.encoded()).toString();
  }

  /**
   * Reads a file.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it has not exactly the form
   */
  public static TlogProof parse(Bytes file) {
    String text = file.utf8();
    int end = text.indexOf("\n\n");
    if (file.size() > Limits.TLOG_PROOF_BYTES_MAX || end < 0 || !Bytes.utf8(text).equals(file)) {
      throw invalid("no checkpoint, or too large", null);
    }
    List<String> lines = List.of(text.substring(0, end).split("\n", -1));
    boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
    int at = hasExtra ? 2 : 1;
    if (!lines.get(0).equals(HEADER) || lines.size() <= at) {
      throw invalid("another form", null);
    }
    Matcher index = INDEX.matcher(lines.get(at));
    if (!index.matches()) {
      throw invalid("no index", null);
    }
    try {
      return new TlogProof(
          hasExtra
              ? Optional.of(Base64Text.decode(lines.get(1).substring(EXTRA.length())))
              : Optional.empty(),
          Long.parseLong(index.group(1)),
          hashes(lines.subList(at + 1, lines.size())),
          SignedNote.parse(text.substring(end + 2)));
    } catch (IllegalArgumentException e) {
      throw invalid("out of bounds", e);
    } catch (TalosException e) {
      throw invalid("not base64, or no checkpoint", e);
    }
  }

  private static List<Bytes> hashes(List<String> lines) {
    if (lines.size() > Limits.PATH_HASHES_MAX) {
      throw invalid("too many hashes", null);
    }
    List<Bytes> hashes = new ArrayList<>();
    lines.forEach(line -> hashes.add(Base64Text.decode(line)));
    return hashes;
  }

  /** Whether the file begins as such a proof does. */
  public static boolean isOne(Bytes file) {
    return file.utf8().startsWith(HEADER + "\n");
  }

  /**
   * The checkpoint, when one of {@code log} signed it and {@code entry} lies under it at this
   * index.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} otherwise
   */
  public Checkpoint verify(Bytes entry, LogKeys log) {
    Checkpoint opened = Checkpoint.open(checkpoint, log);
    if (!MerkleProof.includes(
        MerkleTree.leafHash(entry), index, opened.size(), path, opened.root())) {
      throw invalid("the entry is not in the log", null);
    }
    return opened;
  }

  private static TalosException invalid(String why, @Nullable Throwable cause) {
    return new TalosException(ErrorCode.PROOF_INVALID, "tlog-proof: " + why, cause);
  }
}
