package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a witness's signature line: eight bytes of time, big-endian, in seconds since
 * 1970, and an Ed25519 signature over {@code cosignature/v1}, a line that says the time, and the
 * checkpoint's text.
 *
 * <p>Source: C2SP tlog-cosignature, "Format".
 */
public final class Cosignature {
  private static final String HEADER = "cosignature/v1\n";

  /** The last second of the year 9999; what lies after it is no time that anybody means. */
  private static final long SECOND_MAX = 253_402_300_799L;

  private Cosignature() {}

  /**
   * A witness's key pair and its name.
   *
   * @param name who cosigns
   * @param keys the Ed25519 key pair
   */
  public record Signer(String name, Ed25519.KeyPair keys) {
    /** Refuses a name that a signature line cannot hold. */
    public Signer {
      Check.that(NoteKey.isName(name), "a key name has no space and no plus sign");
    }

    /** The key by which others verify. */
    public WitnessKey verifier() {
      return new WitnessKey(name, keys.publicKey());
    }

    /**
     * The line that says that this witness saw the checkpoint with this text {@code now}, cut to
     * the second; verified before it is given out.
     */
    public SignedNote.Line cosign(String text, Instant now) {
      Instant second = Instant.ofEpochSecond(now.getEpochSecond());
      Bytes signature = keys.sign(message(text, second));
      WitnessKey verifier = verifier();
      SignedNote.Line line =
          new SignedNote.Line(
              name, verifier.id(), number(second.getEpochSecond()).concat(signature));
      Check.that(
          verifier.cosigned(text, List.of(line)).equals(Optional.of(second)),
          "a cosignature that was just made verifies");
      return line;
    }
  }

  static Bytes message(String text, Instant time) {
    return Bytes.utf8(HEADER + "time " + time.getEpochSecond() + "\n" + text);
  }

  static Optional<Instant> timeOf(Bytes blob) {
    if (blob.size() != Long.BYTES + Ed25519.SIGNATURE_SIZE) {
      return Optional.empty();
    }
    long second = blob.longAt(0);
    return second < 0 || second > SECOND_MAX
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(second));
  }

  static Bytes signatureOf(Bytes blob) {
    return blob.slice(Long.BYTES, blob.size());
  }

  private static Bytes number(long value) {
    return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }
}
