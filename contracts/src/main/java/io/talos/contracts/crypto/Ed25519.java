package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/**
 * Ed25519 signatures, pure and deterministic.
 *
 * <p>Public keys of small order and keys or signatures that are not in canonical form are refused,
 * so a signature binds exactly one key and one message.
 *
 * <p>Source: RFC 8032 §5.1.
 */
public final class Ed25519 {
  /** Public key length in bytes. */
  public static final int PUBLIC_KEY_SIZE = 32;

  /** Seed (private key) length in bytes. */
  public static final int SEED_SIZE = 32;

  /** Signature length in bytes. */
  public static final int SIGNATURE_SIZE = 64;

  private Ed25519() {}

  /** A signing key and its public key, which always belong together. */
  public record KeyPair(SecretBytes seed, Bytes publicKey) {
    /** Recomputes the public key and refuses another one. */
    public KeyPair {
      Check.that(publicKeyOf(seed).equals(publicKey), "the public key belongs to the seed");
    }

    /** Signs {@code message}. */
    public Bytes sign(Bytes message) {
      return Ed25519.sign(seed, message);
    }
  }

  /** A fresh key pair. */
  public static KeyPair generate(Randomness randomness) {
    byte[] seed = new byte[SEED_SIZE];
    randomness.fill(seed);
    try {
      return fromSeed(SecretBytes.of(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The key pair of a 32-byte seed. */
  public static KeyPair fromSeed(SecretBytes seed) {
    return new KeyPair(seed, publicKeyOf(seed));
  }

  private static Bytes publicKeyOf(SecretBytes seed) {
    Check.that(seed.size() == SEED_SIZE, "an Ed25519 seed has 32 bytes");
    byte[] clear = seed.reveal();
    byte[] publicKey = new byte[PUBLIC_KEY_SIZE];
    try {
      org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(clear, 0, publicKey, 0);
      return Bytes.of(publicKey);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static Bytes sign(SecretBytes seed, Bytes message) {
    byte[] clear = seed.reveal();
    byte[] signature = new byte[SIGNATURE_SIZE];
    try {
      org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
          clear, 0, message.toArray(), 0, message.size(), signature, 0);
      return Bytes.of(signature);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Whether {@code key} is a canonical point of full order, so that it may name an agent. */
  public static boolean isPublicKey(Bytes key) {
    return key.size() == PUBLIC_KEY_SIZE && point(key) != null;
  }

  /** Refuses what {@link #isPublicKey} refuses. */
  public static Bytes requirePublicKey(Bytes key) {
    if (!isPublicKey(key)) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not an Ed25519 public key of full order");
    }
    return key;
  }

  /** Whether {@code signature} is {@code key}'s over {@code message}; never throws. */
  public static boolean verify(Bytes key, Bytes message, Bytes signature) {
    if (key.size() != PUBLIC_KEY_SIZE || signature.size() != SIGNATURE_SIZE) {
      return false;
    }
    PublicPoint point = point(key);
    return point != null
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature.toArray(), 0, point, message.toArray(), 0, message.size());
  }

  private static @org.jspecify.annotations.Nullable PublicPoint point(Bytes key) {
    // "full" means: on the curve, canonical, and in the prime-order subgroup.
    return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(key.toArray(), 0);
  }
}
