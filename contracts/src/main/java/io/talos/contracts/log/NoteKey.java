package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * A key that a verifier trusts to sign notes under a name.
 *
 * <p>Its text, the {@code vkey}, is {@code name+id+key}: the key id in hex, and in base64 the type
 * byte 0x01 and the 32-byte Ed25519 key.
 *
 * <p>Source: C2SP signed-note, "Signatures" and "Ed25519 signatures".
 *
 * @param name who signs; no space and no plus sign
 * @param publicKey an Ed25519 key of full order
 */
public record NoteKey(String name, Bytes publicKey) {
  private static final Bytes TYPE_ED25519 = Bytes.of((byte) 1);
  private static final int ID_SIZE = 4;

  /** Refuses a name that a signature line cannot hold. */
  public NoteKey {
    Check.that(isName(name), "a key name has no space, no plus sign and no control character");
    Ed25519.requirePublicKey(publicKey);
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= Limits.KEY_NAME_CHARACTERS_MAX
        && name.chars()
            .noneMatch(
                c ->
                    c == '+'
                        || c < ' '
                        || c == 0x7f
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c));
  }

  /** The first four bytes of SHA-256 over name, line feed, type and key. */
  public Bytes id() {
    return Sha256.of(Bytes.utf8(name + "\n"), TYPE_ED25519, publicKey).slice(0, ID_SIZE);
  }

  /** The text by which verifiers are given the key. */
  public String vkey() {
    return name + "+" + id().hex() + "+" + Base64Text.encode(TYPE_ED25519.concat(publicKey));
  }

  /**
   * Reads a {@code vkey}; a line feed at its end is allowed.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} on another form, another type of key or a
   *     key id that is not the key's
   */
  public static NoteKey parse(String vkey) {
    String[] parts = vkey.strip().split("\\+", 3);
    if (parts.length != 3 || !isName(parts[0])) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a vkey");
    }
    Bytes typed;
    try {
      typed = Base64Text.decode(parts[2]);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a vkey", e);
    }
    if (typed.size() != 1 + Ed25519.PUBLIC_KEY_SIZE || !typed.slice(0, 1).equals(TYPE_ED25519)) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not an Ed25519 vkey");
    }
    NoteKey key = new NoteKey(parts[0], typed.slice(1, typed.size()));
    if (!key.id().hex().equals(parts[1])) {
      throw new TalosException(ErrorCode.KEY_INVALID, "the vkey's id is not its key's");
    }
    return key;
  }
}
