package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base58;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * A public key that says its own kind: multibase {@code z} (base58btc), multicodec prefix, key.
 *
 * <p>There is one text for every key and one key for every accepted text. Whether the 32 bytes are
 * a good point of their curve is not this type's business; {@link Did} and the crypto package say.
 *
 * <p>Source: W3C Controlled Identifiers 1.0 §2.2.2 (Multikey) and §2.4 (Multibase); the multicodec
 * table, rows {@code ed25519-pub} (0xed) and {@code x25519-pub} (0xec), as unsigned varints.
 *
 * @param kind the curve and use of the key
 * @param key the 32 raw bytes
 */
public record Multikey(Kind kind, Bytes key) {
  private static final int PREFIX_SIZE = 2;
  private static final char BASE58BTC = 'z';

  /** What a key is for. */
  public enum Kind {
    /** Signatures; the text starts with {@code z6Mk}. */
    ED25519(0xED),
    /** Key agreement; the text starts with {@code z6LS}. */
    X25519(0xEC);

    /** Key length in bytes, the same for both. */
    public static final int KEY_SIZE = 32;

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The multicodec code as an unsigned varint; both codes need two bytes. */
    private Bytes prefix() {
      return Bytes.of((byte) ((code & 0x7F) | 0x80), (byte) (code >>> 7));
    }
  }

  /** A key has 32 bytes. */
  public Multikey {
    Check.that(key.size() == Kind.KEY_SIZE, "a multikey of this kind has 32 bytes");
  }

  /** The multikey of an Ed25519 public key. */
  public static Multikey ed25519(Bytes publicKey) {
    return new Multikey(Kind.ED25519, publicKey);
  }

  /** The multikey of an X25519 public key. */
  public static Multikey x25519(Bytes publicKey) {
    return new Multikey(Kind.X25519, publicKey);
  }

  /**
   * Reads a multikey of a kind that Talos knows.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} on anything else
   */
  public static Multikey parse(String text) {
    if (text.length() > Limits.MULTIKEY_CHARACTERS_MAX
        || text.isEmpty()
        || text.charAt(0) != BASE58BTC) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not a base58btc multikey");
    }
    Bytes bytes = decode(text.substring(1));
    for (Kind kind : Kind.values()) {
      if (bytes.size() == PREFIX_SIZE + Kind.KEY_SIZE
          && bytes.slice(0, PREFIX_SIZE).equals(kind.prefix())) {
        return new Multikey(kind, bytes.slice(PREFIX_SIZE, bytes.size()));
      }
    }
    throw new TalosException(ErrorCode.KEY_INVALID, "a multikey of an unknown kind or size");
  }

  private static Bytes decode(String base58) {
    try {
      return Base58.decode(base58);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not base58btc", e);
    }
  }

  /** The text, such as {@code z6Mk…}. */
  public String text() {
    return BASE58BTC + Base58.encode(kind.prefix().concat(key));
  }

  @Override
  public String toString() {
    return text();
  }
}
