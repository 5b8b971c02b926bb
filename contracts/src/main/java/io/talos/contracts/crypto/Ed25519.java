package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 signatures, pure and deterministic.
 *
 * <p>A signature binds exactly one key and one message: the public key A and the point R must be
 * canonical encodings of points of full (prime) order, S must lie below the group order, and R =
 * S·B - k·A must hold exactly, without the cofactor. All libraries of {@link CryptoProvider} say
 * the same. Each key is validated once and then remembered; thread safe.
 *
 * <p>Source: RFC 8032 §5.1; where §5.1.7 and §8.8 leave a choice, the stricter one.
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
      return Ed25519.sign(seed, publicKey, message);
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

  private static Bytes sign(SecretBytes seed, Bytes publicKey, Bytes message) {
    byte[] clear = seed.reveal();
    try {
      Curves curves = CryptoProvider.curves();
      return Bytes.of(curves.sign(clear, publicKey.toArray(), message.toArray()));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Whether {@code key} is a canonical point of full order, so that it may name an agent. */
  public static boolean isPublicKey(Bytes key) {
    return CryptoProvider.keys().find(key) != null;
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
    if (signature.size() != SIGNATURE_SIZE) {
      return false;
    }
    Curves.@Nullable Verifier verifier = CryptoProvider.keys().find(key);
    return verifier != null && verifier.verify(message.toArray(), signature.toArray());
  }
}
