package io.talos.contracts.crypto;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed when Talos asks other servers: the authorities of the JDK, and
 * those that an operator adds.
 *
 * <p>Source: RFC 5280 §6 (path validation, which the JDK does).
 */
public final class TlsTrust {
  /** Most authorities that a file may add. */
  private static final int AUTHORITIES_MAX = 1000;

  private TlsTrust() {}

  /**
   * A TLS context without a client certificate.
   *
   * @param authorities a file of PEM certificates to trust beside the JDK's
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the file cannot be used
   */
  public static SSLContext with(Optional<Path> authorities) {
    try {
      List<Certificate> trusted = new ArrayList<>(known());
      if (authorities.isPresent()) {
        trusted.addAll(read(authorities.get()));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store(trusted)), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "no usable certificate authorities", e);
    }
  }

  private static List<X509Certificate> known() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static List<Certificate> read(Path file) throws GeneralSecurityException, IOException {
    try (InputStream text = Files.newInputStream(file)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(text));
      if (found.isEmpty() || found.size() > AUTHORITIES_MAX) {
        throw new IOException("no or too many certificates in the file");
      }
      return found;
    }
  }

  private static KeyStore store(List<Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority-" + i, trusted.get(i));
    }
    return store;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
