package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA over secp256k1 with a recoverable key, as Ethereum signs transactions. Deterministic; the
 * lower of the two values of s is the only one that is made or accepted. Thread safe.
 *
 * <p>Source: SEC 1 §4.1.3 (signing), §4.1.6 (recovery); SEC 2 §2.4.1; RFC 6979 §3.2; EIP-2 (low s).
 */
public final class Secp256k1 {
  /** Private key length in bytes. */
  public static final int SECRET_SIZE = 32;

  /** Public key length in bytes: x and y. */
  public static final int PUBLIC_KEY_SIZE = 64;

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
  private static final BigInteger N = CURVE.getN();
  private static final BigInteger HALF_N = N.shiftRight(1);

  private Secp256k1() {}

  /**
   * A signature.
   *
   * @param r 1 to n - 1
   * @param s 1 to n / 2
   * @param odd whether the y coordinate of the point that r is of is odd
   */
  public record Signature(BigInteger r, BigInteger s, boolean odd) {
    /** Whether the two numbers may stand in a signature at all. */
    boolean isInRange() {
      return r.signum() > 0 && r.compareTo(N) < 0 && s.signum() > 0 && s.compareTo(HALF_N) <= 0;
    }
  }

  /** A signing key and its public key, x and y in 32 bytes each. */
  public record KeyPair(SecretBytes secret, Bytes publicKey) {
    /** Recomputes the public key and refuses another one. */
    public KeyPair {
      Check.that(publicKeyOf(secret).equals(publicKey), "the public key belongs to the secret");
    }

    /** Signs a hash of 32 bytes; the signature is verified before it is given out. */
    public Signature sign(Bytes hash) {
      Check.that(hash.size() == SECRET_SIZE, "what is signed is a hash of 32 bytes");
      ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
      signer.init(true, new ECPrivateKeyParameters(number(secret), DOMAIN));
      BigInteger[] made = signer.generateSignature(hash.toArray());
      BigInteger s = made[1].compareTo(HALF_N) > 0 ? N.subtract(made[1]) : made[1];
      for (boolean odd : new boolean[] {false, true}) {
        Signature signature = new Signature(made[0], s, odd);
        if (recover(hash, signature).equals(Optional.of(publicKey))) {
          return signature;
        }
      }
      throw new IllegalStateException("a signature that was just made verifies");
    }
  }

  /** The key pair of a 32-byte number from 1 to n - 1. */
  public static KeyPair fromSecret(SecretBytes secret) {
    return new KeyPair(secret, publicKeyOf(secret));
  }

  /** Whether {@code secret} can be a private key; all but some 2^-128 of all numbers can. */
  public static boolean isSecret(SecretBytes secret) {
    if (secret.size() != SECRET_SIZE) {
      return false;
    }
    BigInteger d = number(secret);
    return d.signum() > 0 && d.compareTo(N) < 0;
  }

  /** The public key whose signature over {@code hash} this is; empty when it is nobody's. */
  public static Optional<Bytes> recover(Bytes hash, Signature signature) {
    if (hash.size() != SECRET_SIZE || !signature.isInRange()) {
      return Optional.empty();
    }
    byte[] compressed = new byte[1 + SECRET_SIZE];
    compressed[0] = (byte) (signature.odd ? 3 : 2);
    BigIntegers.asUnsignedByteArray(signature.r, compressed, 1, SECRET_SIZE);
    ECPoint point;
    try {
      point = CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no point has this x coordinate
    }
    BigInteger inverse = BigIntegers.modOddInverse(N, signature.r);
    BigInteger e = BigIntegers.fromUnsignedByteArray(hash.toArray());
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(
                CURVE.getG(),
                e.negate().multiply(inverse).mod(N),
                point,
                signature.s.multiply(inverse).mod(N))
            .normalize();
    return key.isInfinity() ? Optional.empty() : Optional.of(encoded(key));
  }

  private static Bytes publicKeyOf(SecretBytes secret) {
    Check.that(isSecret(secret), "a secret is a number from 1 to n - 1 in 32 bytes");
    return encoded(
        new FixedPointCombMultiplier().multiply(CURVE.getG(), number(secret)).normalize());
  }

  private static Bytes encoded(ECPoint point) {
    return Bytes.of(Arrays.copyOfRange(point.getEncoded(false), 1, 1 + PUBLIC_KEY_SIZE));
  }

  private static BigInteger number(SecretBytes secret) {
    byte[] clear = secret.reveal();
    try {
      return BigIntegers.fromUnsignedByteArray(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
