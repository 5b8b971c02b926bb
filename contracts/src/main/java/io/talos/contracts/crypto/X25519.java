package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;

/**
 * X25519 key agreement; an all-zero shared secret, which a low-order point would give, is refused.
 *
 * <p>Source: RFC 7748 §5, §6.1.
 */
public final class X25519 {
  /** Length of keys and of the shared secret in bytes. */
  public static final int SIZE = 32;

  private X25519() {}

  /** A private key and its public key, which always belong together. */
  public static final class KeyPair {
    private final SecretBytes privateKey;
    private final Bytes publicKey;

    /** Recomputes the public key and refuses another one. */
    public KeyPair(SecretBytes privateKey, Bytes publicKey) {
      this(privateKey);
      Check.that(this.publicKey.equals(publicKey), "the public key belongs to the private");
    }

    private KeyPair(SecretBytes privateKey) {
      this.privateKey = privateKey;
      this.publicKey = publicKeyOf(privateKey);
    }

    private KeyPair(KeyPair other) {
      byte[] clear = other.privateKey.reveal();
      this.privateKey = SecretBytes.of(clear);
      this.publicKey = other.publicKey;
      Arrays.fill(clear, (byte) 0);
    }

    /** The same pair with a private half that is wiped on its own. */
    public KeyPair copy() {
      return new KeyPair(this);
    }

    /** The private half, 32 bytes. */
    public SecretBytes privateKey() {
      return privateKey;
    }

    /** The public half, 32 bytes. */
    public Bytes publicKey() {
      return publicKey;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof KeyPair pair
          && publicKey.equals(pair.publicKey)
          && privateKey.equals(pair.privateKey);
    }

    @Override
    public int hashCode() {
      return publicKey.hashCode();
    }

    @Override
    public String toString() {
      return "KeyPair[" + publicKey + "]";
    }
  }

  /** A fresh key pair. */
  public static KeyPair generate(Randomness randomness) {
    byte[] key = new byte[SIZE];
    randomness.fill(key);
    try {
      return fromPrivate(SecretBytes.of(key));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key pair of a 32-byte private key. */
  public static KeyPair fromPrivate(SecretBytes privateKey) {
    return new KeyPair(privateKey);
  }

  private static Bytes publicKeyOf(SecretBytes privateKey) {
    Check.that(privateKey.size() == SIZE, "an X25519 private key has 32 bytes");
    byte[] clear = privateKey.reveal();
    byte[] publicKey = new byte[SIZE];
    try {
      org.bouncycastle.math.ec.rfc7748.X25519.generatePublicKey(clear, 0, publicKey, 0);
      return Bytes.of(publicKey);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * Whether {@code key} can be agreed with: 32 bytes that are no point of low order. Every private
   * key is a multiple of the cofactor, so with any of them such a point gives zero.
   */
  public static boolean isPublicKey(Bytes key) {
    byte[] anyPrivateKey = new byte[SIZE];
    return key.size() == SIZE
        && CryptoProvider.curves().agree(anyPrivateKey, key.toArray(), new byte[SIZE]);
  }

  /**
   * The shared secret of a private key and somebody's public key.
   *
   * @throws TalosException {@link ErrorCode#RATCHET_INVALID_DH_KEY} when {@code publicKey} has the
   *     wrong size or is of low order
   */
  public static SecretBytes agree(SecretBytes privateKey, Bytes publicKey) {
    Check.that(privateKey.size() == SIZE, "an X25519 private key has 32 bytes");
    if (publicKey.size() != SIZE) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_DH_KEY, "not 32 bytes");
    }
    byte[] clear = privateKey.reveal();
    byte[] shared = new byte[SIZE];
    try {
      if (!CryptoProvider.curves().agree(clear, publicKey.toArray(), shared)) {
        throw new TalosException(ErrorCode.RATCHET_INVALID_DH_KEY, "a low-order public key");
      }
      return SecretBytes.of(shared);
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(shared, (byte) 0);
    }
  }
}
