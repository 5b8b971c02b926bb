package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
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
  private static final Vkey.Kind KIND = Vkey.Kind.ED25519;

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
    return Vkey.id(KIND, name, publicKey);
  }

  /** The text by which verifiers are given the key. */
  public String vkey() {
    return Vkey.text(KIND, name, publicKey);
  }

  /**
   * Reads a {@code vkey}; a line feed at its end is allowed.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} on another form, another type of key or a
   *     key id that is not the key's
   */
  public static NoteKey parse(String vkey) {
    Vkey.Named key = Vkey.parse(KIND, vkey);
    return new NoteKey(key.name(), key.publicKey());
  }
}
