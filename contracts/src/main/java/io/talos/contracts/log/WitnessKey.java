package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key that a verifier trusts to cosign checkpoints: who holds it says that it saw a checkpoint,
 * when, and that the checkpoint continues every other one of that log that it cosigned.
 *
 * <p>Source: C2SP tlog-cosignature, "Format" (key type 0x04).
 *
 * @param name who cosigns; no space and no plus sign
 * @param publicKey an Ed25519 key of full order
 */
public record WitnessKey(String name, Bytes publicKey) {
  private static final Vkey.Kind KIND = Vkey.Kind.COSIGNATURE;

  /** Refuses a name that a signature line cannot hold. */
  public WitnessKey {
    Check.that(NoteKey.isName(name), "a key name has no space, no plus sign, no control character");
    Ed25519.requirePublicKey(publicKey);
  }

  /** The first four bytes of SHA-256 over name, line feed, type and key. */
  public Bytes id() {
    return Vkey.id(KIND, name, publicKey);
  }

  /** The text by which verifiers are given the key. */
  public String vkey() {
    return Vkey.text(KIND, name, publicKey);
  }

  /**
   * Reads a witness's {@code vkey}.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} on another form, another type of key or a
   *     key id that is not the key's
   */
  public static WitnessKey parse(String vkey) {
    Vkey.Named key = Vkey.parse(KIND, vkey);
    return new WitnessKey(key.name(), key.publicKey());
  }

  /**
   * When this witness saw the checkpoint whose text is {@code text}; empty when no line is its, or
   * when one under its name and id does not verify. Of several lines, the earliest time counts.
   */
  public Optional<Instant> cosigned(String text, List<SignedNote.Line> lines) {
    Bytes id = id();
    Optional<Instant> earliest = Optional.empty();
    for (SignedNote.Line line : lines) {
      if (!line.name().equals(name) || !line.keyId().equals(id)) {
        continue;
      }
      Optional<Instant> seen = Cosignature.timeOf(line.signature());
      if (seen.isEmpty()
          || !Ed25519.verify(
              publicKey,
              Cosignature.message(text, seen.get()),
              Cosignature.signatureOf(line.signature()))) {
        return Optional.empty();
      }
      earliest = earliest.filter(time -> !time.isAfter(seen.get())).or(() -> seen);
    }
    return earliest;
  }
}
