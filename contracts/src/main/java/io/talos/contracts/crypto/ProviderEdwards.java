package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Ed25519 by a provider object whose native code comes from BoringSSL or a descendant of it: S
 * beyond the order is refused, and the R that is computed is compared with the bytes that came.
 *
 * <p>Source for the key encodings: RFC 8410 §4 and §7.
 */
final class ProviderEdwards {
  private static final byte[] PUBLIC = hex("302a300506032b6570032100");
  private static final byte[] PRIVATE = hex("302e020100300506032b657004220420");

  /** The y coordinate 1, x even: the one encoding of the neutral element. */
  private static final byte[] NEUTRAL = hex("01" + "00".repeat(31));

  private final Provider provider;
  private final KeyFactory keys;

  ProviderEdwards(Provider provider) throws GeneralSecurityException {
    this.provider = provider;
    this.keys = KeyFactory.getInstance("EdDSA", provider);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  Curves.Verifier verifier(Bytes key) {
    try {
      PublicKey publicKey =
          keys.generatePublic(new X509EncodedKeySpec(join(PUBLIC, key.toArray())));
      return (message, signature) -> verify(publicKey, message, signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a validated key is a key", e);
    }
  }

  /**
   * As the key and the base have prime order, the R that is computed is of full order or neutral.
   */
  private boolean verify(PublicKey key, byte[] message, byte[] signature) {
    if (Arrays.equals(signature, 0, NEUTRAL.length, NEUTRAL, 0, NEUTRAL.length)) {
      return false;
    }
    try {
      Signature verification = Signature.getInstance("EdDSA", provider);
      verification.initVerify(key);
      verification.update(message);
      return verification.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider has Ed25519", e);
    }
  }

  byte[] sign(byte[] seed, byte[] message) {
    byte[] encoded = join(PRIVATE, seed);
    try {
      PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      Signature signing = Signature.getInstance("EdDSA", provider);
      signing.initSign(key);
      signing.update(message);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with a seed of 32 bytes cannot fail", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  static byte[] join(byte[] prefix, byte[] key) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, joined, prefix.length, key.length);
    return joined;
  }
}
