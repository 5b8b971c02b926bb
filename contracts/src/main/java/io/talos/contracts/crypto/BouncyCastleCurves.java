package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/** BouncyCastle's lightweight API: pure Java, works everywhere. */
final class BouncyCastleCurves implements Curves {
  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public Verifier verifier(Bytes key) {
    PublicPoint point = Ed25519.validatePublicKeyPartialExport(key.toArray(), 0);
    Check.that(point != null, "the key was validated");
    return (message, signature) ->
        Ed25519.verify(signature, 0, point, message, 0, message.length) && isFullOrder(signature);
  }

  /**
   * BouncyCastle tests v·(S·B - k·A - R) = 0 for some small v that depends on k. Where v is even, a
   * signer can add a point of small order to R and pass; nobody who recomputes R would agree.
   */
  private static boolean isFullOrder(byte[] signature) {
    return Ed25519.validatePublicKeyFull(signature, 0);
  }

  @Override
  public byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public boolean agree(byte[] privateKey, byte[] publicKey, byte[] shared) {
    return X25519.calculateAgreement(privateKey, 0, publicKey, 0, shared, 0);
  }
}
