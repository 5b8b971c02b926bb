package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** edwards25519 as RFC 8032 §5.1 writes it: slow, plain, and free to compute what Mallory wants. */
final class PlainEdwards {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the prime subgroup. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

  static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

  static final Point BASE =
      decode(littleEndian(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P))));

  /** A point, affine. */
  record Point(BigInteger x, BigInteger y) {
    Point plus(Point other) {
      BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      BigInteger across = x.multiply(other.y).add(y.multiply(other.x));
      BigInteger along = y.multiply(other.y).add(x.multiply(other.x));
      return new Point(
          across.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
          along.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
    }

    Point times(BigInteger scalar) {
      Point sum = NEUTRAL;
      for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        sum = scalar.testBit(bit) ? sum.plus(this) : sum;
      }
      return sum;
    }

    Bytes encoded() {
      byte[] bytes = littleEndian(y).toArray();
      bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
      return Bytes.of(bytes);
    }
  }

  private PlainEdwards() {}

  /** The eight points whose order divides the cofactor. */
  static List<Point> smallOrder() {
    // Any point of the whole curve, times L, has small order; one of order 8 makes the rest.
    for (int y = 2; ; y++) {
      Point torsion = maybe(littleEndian(BigInteger.valueOf(y))).times(L);
      if (!torsion.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(torsion.times(BigInteger.valueOf(i)));
        }
        return all;
      }
    }
  }

  private static Point maybe(Bytes encoded) {
    try {
      return decode(encoded);
    } catch (ArithmeticException e) {
      return NEUTRAL;
    }
  }

  /** Decodes without asking whether y is below p. */
  static Point decode(Bytes encoded) {
    byte[] bytes = encoded.toArray();
    final boolean odd = (bytes[31] & 0x80) != 0;
    bytes[31] &= 0x7F;
    BigInteger y = littleEndian(Bytes.of(bytes)).mod(P);
    BigInteger square = y.multiply(y).mod(P);
    BigInteger u = square.subtract(BigInteger.ONE);
    BigInteger v = D.multiply(square).add(BigInteger.ONE);
    BigInteger ratio = u.multiply(v.modInverse(P)).mod(P);
    BigInteger x = ratio.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(ratio)) {
      x = x.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P)).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(ratio)) {
      throw new ArithmeticException("not on the curve");
    }
    return new Point(x.testBit(0) == odd ? x : P.subtract(x).mod(P), y);
  }

  /** What the {@code Ed25519} of the product promises, computed the long way. */
  static boolean verifies(Bytes key, Bytes message, Bytes signature) {
    BigInteger s = littleEndian(signature.slice(32, 64));
    Bytes r = signature.slice(0, 32);
    try {
      Point publicKey = decode(key);
      if (s.compareTo(L) >= 0 || !isFull(publicKey, key) || !isFull(decode(r), r)) {
        return false;
      }
      Point minus = publicKey.times(L.subtract(challenge(r, key, message)));
      return BASE.times(s).plus(minus).encoded().equals(r);
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static boolean isFull(Point point, Bytes encoded) {
    return !point.equals(NEUTRAL)
        && point.encoded().equals(encoded)
        && point.times(L).equals(NEUTRAL);
  }

  /** The number k of RFC 8032 §5.1.6 step 4. */
  static BigInteger challenge(Bytes r, Bytes key, Bytes message) {
    return littleEndian(sha512(r.concat(key, message))).mod(L);
  }

  /** The secret scalar of a seed (RFC 8032 §5.1.5). */
  static BigInteger scalar(Bytes seed) {
    byte[] half = sha512(seed).slice(0, 32).toArray();
    half[0] &= (byte) 0xF8;
    half[31] = (byte) ((half[31] & 0x7F) | 0x40);
    return littleEndian(Bytes.of(half));
  }

  static Bytes sha512(Bytes bytes) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-512").digest(bytes.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static BigInteger littleEndian(Bytes bytes) {
    return new BigInteger(1, reversed(bytes.toArray()));
  }

  static Bytes littleEndian(BigInteger number) {
    byte[] big = number.mod(BigInteger.TWO.pow(256)).toByteArray();
    byte[] padded = new byte[32];
    int size = Math.min(big.length, 32);
    System.arraycopy(big, big.length - size, padded, 32 - size, size);
    return Bytes.of(reversed(padded));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
