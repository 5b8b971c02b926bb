package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificate authorities whose timestamping authorities a verifier believes.
 *
 * <p>A chain is judged at the time that the token names, so that a token outlives the certificate
 * that signed it. Revocation is not asked for: that needs the network, and an answer of that time.
 *
 * <p>Source: RFC 5280 §6; RFC 3161 §4.
 */
public final class TimestampAuthorities {
  /** Most authorities in a file. */
  private static final int AUTHORITIES_MAX = 1000;

  /** Longest chain between a signer's certificate and an authority. */
  private static final int PATH_MAX = 5;

  private final Set<TrustAnchor> anchors = new HashSet<>();

  private TimestampAuthorities(Collection<X509Certificate> authorities) {
    authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
  }

  /**
   * Reads PEM certificates.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when there are none, too many,
   *     or something else among them
   */
  public static TimestampAuthorities parse(Bytes pem) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.toArray()))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty() && found.size() <= AUTHORITIES_MAX) {
        return new TimestampAuthorities(found);
      }
    } catch (GeneralSecurityException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "not certificates of timestamping authorities", e);
    }
    throw new TalosException(
        ErrorCode.CONFIGURATION_INVALID, "no or too many timestamping authorities");
  }

  /** Throws when no chain leads from {@code signer} to one of these authorities at that time. */
  void require(X509Certificate signer, Collection<X509Certificate> others, Instant at)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, target);
    path.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
    path.setRevocationEnabled(false);
    path.setMaxPathLength(PATH_MAX);
    path.setDate(Date.from(at));
    CertPathBuilder.getInstance("PKIX").build(path);
  }
}
