package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.kems.mlkem.MLKEMEngine;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/**
 * ML-KEM-768: whoever has an encapsulation key makes a shared secret for its owner that a quantum
 * computer does not find either.
 *
 * <p>A private key is always its 64-byte seed {@code d || z}. A ciphertext that was tampered with
 * gives another secret, not an error; what is built on the secret finds that out.
 *
 * <p>Source: FIPS 203 §6.1 (key generation from d and z), §6.2 (encapsulation of m), §6.3, §7.2 and
 * §7.3 (the checks of inputs), §8 (sizes).
 */
public final class MlKem768 {
  /** Length of the seed {@code d || z} in bytes. */
  public static final int SEED_SIZE = 64;

  /** Length of an encapsulation key in bytes. */
  public static final int PUBLIC_KEY_SIZE = 1184;

  /** Length of a ciphertext in bytes. */
  public static final int CIPHERTEXT_SIZE = 1088;

  /** Length of the shared secret, and of the chance that an encapsulation takes, in bytes. */
  public static final int SECRET_SIZE = 32;

  /** Length of an expanded decapsulation key in bytes; it never leaves this class. */
  private static final int DECAPSULATION_KEY_SIZE = 2400;

  private static final MLKEMParameters PARAMETERS = MLKEMParameters.ml_kem_768;
  private static final MLKEMEngine ENGINE = MLKEMEngine.getInstance(PARAMETERS);

  private MlKem768() {}

  /** A seed and the encapsulation key that it gives, which always belong together. */
  public record KeyPair(SecretBytes seed, Bytes publicKey) {
    /** Expands the seed and refuses another public key. */
    public KeyPair {
      Check.that(
          Bytes.of(expand(seed).getPublicKey()).equals(publicKey),
          "the encapsulation key belongs to the seed");
    }
  }

  /** A shared secret and the ciphertext that carries it. */
  public record Encapsulated(SecretBytes secret, Bytes ciphertext) {}

  /** A fresh key pair; draws d, then z, 64 bytes at once. */
  public static KeyPair generate(Randomness randomness) {
    byte[] seed = new byte[SEED_SIZE];
    randomness.fill(seed);
    try {
      return fromSeed(SecretBytes.of(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The key pair of a 64-byte seed. */
  public static KeyPair fromSeed(SecretBytes seed) {
    return new KeyPair(seed, Bytes.of(expand(seed).getPublicKey()));
  }

  /**
   * Whether {@code key} can be encapsulated to: 1184 bytes whose coefficients are all below the
   * modulus.
   *
   * <p>Source: FIPS 203 §7.2, type check and modulus check.
   */
  public static boolean isPublicKey(Bytes key) {
    return key.size() == PUBLIC_KEY_SIZE && ENGINE.checkModulus(key.toArray());
  }

  /**
   * Makes a secret for the owner of {@code publicKey}; draws m, 32 bytes.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when it is not an encapsulation key
   */
  public static Encapsulated encapsulate(Bytes publicKey, Randomness randomness) {
    if (!isPublicKey(publicKey)) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not an ML-KEM-768 encapsulation key");
    }
    byte[] chance = new byte[SECRET_SIZE];
    randomness.fill(chance);
    SecretWithEncapsulation made =
        MLKEMGenerator.internalGenerateEncapsulated(
            new MLKEMPublicKeyParameters(PARAMETERS, publicKey.toArray()), chance);
    byte[] secret = made.getSecret();
    try {
      return new Encapsulated(SecretBytes.of(secret), Bytes.of(made.getEncapsulation()));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(chance, (byte) 0);
    }
  }

  /**
   * The secret that {@code ciphertext} carries.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when the ciphertext has not 1088 bytes
   */
  public static SecretBytes decapsulate(KeyPair own, Bytes ciphertext) {
    if (ciphertext.size() != CIPHERTEXT_SIZE) {
      throw new TalosException(ErrorCode.KEY_INVALID, "not an ML-KEM-768 ciphertext");
    }
    byte[] secret = new MLKEMExtractor(expand(own.seed())).extractSecret(ciphertext.toArray());
    try {
      return SecretBytes.of(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The decapsulation key of a seed; it passes the hash check of FIPS 203 §7.3. */
  private static MLKEMPrivateKeyParameters expand(SecretBytes seed) {
    Check.that(seed.size() == SEED_SIZE, "an ML-KEM-768 seed has 64 bytes");
    byte[] clear = seed.reveal();
    try {
      MLKEMPrivateKeyParameters expanded = new MLKEMPrivateKeyParameters(PARAMETERS, clear);
      requireWhole(expanded);
      return expanded;
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static void requireWhole(MLKEMPrivateKeyParameters expanded) {
    byte[] encoded = expanded.getEncoded();
    try {
      Check.that(isDecapsulationKey(encoded), "a decapsulation key holds its own hash");
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** The type check and the hash check of FIPS 203 §7.3. */
  static boolean isDecapsulationKey(byte[] encoded) {
    return encoded.length == DECAPSULATION_KEY_SIZE && ENGINE.checkPrivateKey(encoded);
  }
}
