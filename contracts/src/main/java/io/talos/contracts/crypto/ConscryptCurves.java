package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
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
  private static final byte[] X25519_PUBLIC = hex("302a300506032b656e032100");
  private static final byte[] X25519_PRIVATE = hex("302e020100300506032b656e04220420");

  private final Provider provider;
  private final ProviderEdwards edwards;
  private final KeyFactory montgomery;

  /**
   * Loads the native library.
   *
   * @throws LinkageError when there is none for this machine or it may not be loaded
   */
  ConscryptCurves() throws GeneralSecurityException {
    provider = Conscrypt.newProvider();
    edwards = new ProviderEdwards(provider);
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
    return edwards.verifier(key);
  }

  @Override
  public byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    return edwards.sign(seed, message);
  }

  @Override
  public boolean agree(byte[] privateKey, byte[] publicKey, byte[] shared) {
    byte[] encoded = ProviderEdwards.join(X25519_PRIVATE, privateKey);
    try {
      PrivateKey own = montgomery.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      byte[] theirs = ProviderEdwards.join(X25519_PUBLIC, publicKey);
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
}
