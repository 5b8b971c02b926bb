package io.talos.system;

import io.talos.contracts.Bytes;
import java.math.BigInteger;

/**
 * Points of edwards25519 by the school's formulas, slow and unhardened: enough to make the keys
 * that no honest library makes.
 *
 * <p>Source: RFC 8032 §5.1, §5.1.2 to §5.1.4.
 */
record EdwardsPoint(BigInteger x, BigInteger y) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final int SIZE = 32;

  static EdwardsPoint parse(Bytes encoded) {
    BigInteger number = little(encoded);
    boolean odd = number.testBit(255);
    BigInteger y = number.clearBit(255).mod(P);
    BigInteger y2 = y.multiply(y).mod(P);
    BigInteger x2 =
        y2.subtract(BigInteger.ONE)
            .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(x2)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(x2)) {
      throw new IllegalArgumentException("no point");
    }
    return new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x).mod(P), y);
  }

  EdwardsPoint plus(EdwardsPoint other) {
    BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
    BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
    BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
    return new EdwardsPoint(
        sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
        sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
  }

  Bytes encoded() {
    return bytes(x.testBit(0) ? y.setBit(255) : y);
  }

  /** The number that these bytes are, the lowest first. */
  static BigInteger little(Bytes bytes) {
    byte[] big = bytes.toArray();
    for (int i = 0; i < big.length / 2; i++) {
      byte swapped = big[i];
      big[i] = big[big.length - 1 - i];
      big[big.length - 1 - i] = swapped;
    }
    return new BigInteger(1, big);
  }

  /** 32 bytes, the lowest first. */
  static Bytes bytes(BigInteger number) {
    byte[] little = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      little[i] = number.shiftRight(8 * i).byteValue();
    }
    return Bytes.of(little);
  }
}
