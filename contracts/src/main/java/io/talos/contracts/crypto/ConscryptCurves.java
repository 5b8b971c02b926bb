package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
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
import javax.crypto.KeyAgreement;
import org.conscrypt.Conscrypt;

/**
 * Conscrypt's native code (BoringSSL), a provider object of our own that the JVM's list never
 * holds.
 *
 * <p>Source for the key encodings: RFC 8410 §4 and §7.
 */
final class ConscryptCurves implements Curves {
  private static final byte[] ED25519_PUBLIC = hex("302a300506032b6570032100");
  private static final byte[] ED25519_PRIVATE = hex("302e020100300506032b657004220420");
  private static final byte[] X25519_PUBLIC = hex("302a300506032b656e032100");
  private static final byte[] X25519_PRIVATE = hex("302e020100300506032b656e04220420");

  /** The y coordinate 1, x even: the one encoding of the neutral element. */
  private static final byte[] NEUTRAL = hex("01" + "00".repeat(31));

  private final Provider provider;
  private final KeyFactory edwards;
  private final KeyFactory montgomery;

  /**
   * Loads the native library.
   *
   * @throws LinkageError when there is none for this machine or it may not be loaded
   */
  ConscryptCurves() throws GeneralSecurityException {
    provider = Conscrypt.newProvider();
    edwards = KeyFactory.getInstance("EdDSA", provider);
    montgomery = KeyFactory.getInstance("XDH", provider);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Override
  public String name() {
    Conscrypt.Version version = Conscrypt.version();
    return "conscrypt " + version.major() + "." + version.minor() + "." + version.patch();
  }

  @Override
  public Verifier verifier(Bytes key) {
    try {
      byte[] encoded = join(ED25519_PUBLIC, key.toArray());
      PublicKey publicKey = edwards.generatePublic(new X509EncodedKeySpec(encoded));
      return (message, signature) -> verify(publicKey, message, signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a validated key is a key", e);
    }
  }

  /**
   * BoringSSL refuses S beyond the order and compares the R that it computes with the bytes that
   * came. As the key and the base have prime order, that R is of full order or neutral.
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

  @Override
  public byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    byte[] encoded = join(ED25519_PRIVATE, seed);
    try {
      PrivateKey key = edwards.generatePrivate(new PKCS8EncodedKeySpec(encoded));
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

  @Override
  public boolean agree(byte[] privateKey, byte[] publicKey, byte[] shared) {
    byte[] encoded = join(X25519_PRIVATE, privateKey);
    try {
      PrivateKey own = montgomery.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      byte[] theirs = join(X25519_PUBLIC, publicKey);
      KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
      agreement.init(own);
      agreement.doPhase(montgomery.generatePublic(new X509EncodedKeySpec(theirs)), true);
      byte[] secret = agreement.generateSecret();
      System.arraycopy(secret, 0, shared, 0, shared.length);
      Arrays.fill(secret, (byte) 0);
      return !ConstantTime.equal(shared, new byte[shared.length]);
    } catch (InvalidKeyException e) {
      // BoringSSL's own word for an all-zero secret.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("agreeing with keys of 32 bytes cannot fail so", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static byte[] join(byte[] prefix, byte[] key) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, joined, prefix.length, key.length);
    return joined;
  }
}
