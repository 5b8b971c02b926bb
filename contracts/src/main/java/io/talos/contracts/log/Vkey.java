package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * The text by which a key for signature lines is given out: {@code name+id+key}, where the key is
 * base64 of a byte that names its kind and the 32 bytes of an Ed25519 key. The id binds name, kind
 * and key, so a key of one kind never verifies a line of the other.
 *
 * <p>Source: C2SP signed-note, "Signatures"; C2SP tlog-cosignature, "Format".
 */
final class Vkey {
  private static final int ID_SIZE = 4;

  private Vkey() {}

  /** What a key signs. */
  enum Kind {
    /** A note's text. */
    ED25519((byte) 0x01),
    /** A checkpoint and the time at which a witness saw it. */
    COSIGNATURE((byte) 0x04);

    private final byte type;

    Kind(byte type) {
      this.type = type;
    }

    private Bytes prefix() {
      return Bytes.of(type);
    }
  }

  /** A key and the name that it signs under. */
  record Named(String name, Bytes publicKey) {}

  /** The first four bytes of SHA-256 over name, line feed, kind and key. */
  static Bytes id(Kind kind, String name, Bytes publicKey) {
    return Sha256.of(Bytes.utf8(name + "\n"), kind.prefix(), publicKey).slice(0, ID_SIZE);
  }

  /** The text. */
  static String text(Kind kind, String name, Bytes publicKey) {
    return name
        + "+"
        + id(kind, name, publicKey).hex()
        + "+"
        + Base64Text.encode(kind.prefix().concat(publicKey));
  }

  /**
   * Reads a text of this kind; a line feed at its end is allowed.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} on another form or kind, a point that is
   *     no key, or an id that is not the key's
   */
  static Named parse(Kind kind, String vkey) {
    String[] parts = vkey.strip().split("\\+", 3);
    if (parts.length != 3 || !NoteKey.isName(parts[0])) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a vkey");
    }
    Bytes typed;
    try {
      typed = Base64Text.decode(parts[2]);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a vkey", e);
    }
    if (typed.size() != 1 + Ed25519.PUBLIC_KEY_SIZE || !typed.slice(0, 1).equals(kind.prefix())) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a vkey of kind " + kind);
    }
    Named key = new Named(parts[0], Ed25519.requirePublicKey(typed.slice(1, typed.size())));
    if (!id(kind, key.name, key.publicKey).hex().equals(parts[1])) {
      throw new TalosException(ErrorCode.KEY_INVALID, "the vkey's id is not its key's");
    }
    return key;
  }
}
