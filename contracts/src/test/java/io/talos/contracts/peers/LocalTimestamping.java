package io.talos.contracts.peers;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.TimestampAuthorities;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A timestamping authority of a test, ECDSA over P-256, with a certificate of its own root. */
public final class LocalTimestamping {
  /** When its certificates end. */
  public static final Instant END = Instant.parse("2040-01-01T00:00:00Z");

  /** The policy that its tokens name. */
  public static final String POLICY = "1.3.6.1.4.1.99999.1";

  private final KeyPair root = fresh();
  private final KeyPair signer = fresh();
  private final X509CertificateHolder rootCertificate;
  private final X509CertificateHolder certificate;

  /** An authority whose signer may be used for {@code purpose}, or for anything. */
  public LocalTimestamping(Optional<KeyPurposeId> purpose, Instant from, Instant until) {
    X500Name authority = new X500Name("CN=Test Timestamping Root");
    rootCertificate =
        certificate(
            authority,
            root,
            new X500Name("CN=Test Timestamping Root"),
            root,
            from,
            until,
            true,
            Optional.empty());
    certificate =
        certificate(
            authority, root, new X500Name("CN=Test TSA"), signer, from, until, false, purpose);
  }

  /** The tokens also name the machine's time, which must lie within the certificate's. */
  public static LocalTimestamping good() {
    return new LocalTimestamping(
        Optional.of(KeyPurposeId.id_kp_timeStamping), Instant.parse("2020-01-01T00:00:00Z"), END);
  }

  private static KeyPair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509CertificateHolder certificate(
      X500Name issuer,
      KeyPair issuerKeys,
      X500Name subject,
      KeyPair keys,
      Instant from,
      Instant until,
      boolean authority,
      Optional<KeyPurposeId> purpose) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(authority ? 1 : 2),
              Date.from(from),
              Date.from(until),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (purpose.isPresent()) {
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose.get()));
      }
      return builder.build(signer(issuerKeys.getPrivate()));
    } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static org.bouncycastle.operator.ContentSigner signer(PrivateKey key)
      throws org.bouncycastle.operator.OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
  }

  /** What trusts it. */
  public TimestampAuthorities trust() {
    return TimestampAuthorities.parse(Bytes.utf8(rootPem()));
  }

  /** Its root certificate. */
  public String rootPem() {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(rootCertificate);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** The whole answer to a request, made at this time. */
  public Bytes answer(Bytes request, Instant now) {
    try {
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA256withECDSA", signer.getPrivate(), converted(certificate)),
              new JcaDigestCalculatorProviderBuilder()
                  .build()
                  .get(
                      new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                          org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier(POLICY));
      tokens.addCertificates(
          new JcaCertStore(List.of(converted(certificate), converted(rootCertificate))));
      return Bytes.of(
          new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
              .generate(new TimeStampRequest(request.toArray()), BigInteger.TEN, Date.from(now))
              .getEncoded());
    } catch (java.io.IOException
        | java.security.GeneralSecurityException
        | org.bouncycastle.tsp.TSPException
        | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static java.security.cert.X509Certificate converted(X509CertificateHolder holder)
      throws java.security.cert.CertificateException {
    return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().getCertificate(holder);
  }
}
