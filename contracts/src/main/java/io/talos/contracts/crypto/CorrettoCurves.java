package io.talos.contracts.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.talos.contracts.Bytes;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 by the Amazon Corretto Crypto Provider (AWS-LC), a third faster than Conscrypt; it has no
 * X25519, which another library computes. A provider object of our own that the JVM's list never
 * holds.
 */
final class CorrettoCurves implements Curves {
  /** Without it the provider offers no keys for Ed25519; it is read when its classes load. */
  private static final String OFFER_KEYS =
      "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

  private final String version;
  private final ProviderEdwards edwards;
  private final Curves montgomery;

  /**
   * Loads the native library.
   *
   * @param montgomery computes X25519
   * @throws LinkageError when there is none for this machine or it may not be loaded
   */
  CorrettoCurves(Curves montgomery) throws GeneralSecurityException {
    System.setProperty(OFFER_KEYS, "true");
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    @Nullable Throwable failure = provider.getLoadingError();
    if (failure != null) {
      throw new UnsatisfiedLinkError(failure.toString());
    }
    this.version = provider.getVersionStr();
    this.edwards = new ProviderEdwards(provider);
    this.montgomery = montgomery;
  }

  @Override
  public String name() {
    return "corretto " + version + " with " + montgomery.name();
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
    return montgomery.agree(privateKey, publicKey, shared);
  }
}
