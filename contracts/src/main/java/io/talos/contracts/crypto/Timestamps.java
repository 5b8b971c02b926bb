package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/**
 * Asks timestamping authorities when something existed, and judges what they say.
 *
 * <p>A token is believed when it names exactly the digest, its signer's certificate is the one that
 * the token binds, was valid at the token's time, may be used for timestamping and nothing else
 * (critical), and a chain leads from it to a trusted authority. Thread safe.
 *
 * <p>Source: RFC 3161 §2.4.1 (request), §2.4.2 (response and token), §2.3 (the key usage); RFC 5816
 * (certificate identifiers).
 *
 * <p>Refuses with: {@link ErrorCode#TIMESTAMP_INVALID}.
 */
public final class Timestamps {
  /** Largest response in bytes. */
  public static final int RESPONSE_BYTES_MAX = 64 * 1024;

  private static final int NONCE_SIZE = 16;

  private Timestamps() {}

  /**
   * A question to an authority.
   *
   * @param der its bytes, {@code application/timestamp-query}
   */
  public record Request(Bytes der) {}

  /**
   * What a token says.
   *
   * @param time when the digest existed, by the authority's clock
   * @param authority the subject of the signer's certificate
   * @param policy the policy under which it was made, an object identifier
   * @param serial the token's number
   */
  public record Stamp(Instant time, String authority, String policy, BigInteger serial) {}

  /** A question about a SHA-256 digest, with a nonce, that wants the certificate in the answer. */
  public static Request request(Bytes digest, Randomness randomness) {
    Check.that(digest.size() == Sha256.SIZE, "a SHA-256 digest has 32 bytes");
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    BigInteger nonce = new BigInteger(1, randomness.bytes(NONCE_SIZE).toArray());
    try {
      return new Request(
          Bytes.of(generator.generate(TSPAlgorithms.SHA256, digest.toArray(), nonce).getEncoded()));
    } catch (IOException e) {
      throw new IllegalStateException("a request of fixed form can be written", e);
    }
  }

  /**
   * The token in the answer to {@code request}: granted, with its nonce and digest, and valid under
   * {@code trusted}.
   */
  public static Bytes token(Request request, Bytes response, TimestampAuthorities trusted) {
    bound(response);
    try {
      TimeStampRequest asked = new TimeStampRequest(request.der().toArray());
      TimeStampResponse answer = new TimeStampResponse(response.toArray());
      answer.validate(asked); // status, nonce, digest, policy
      TimeStampToken token = answer.getTimeStampToken();
      if (token == null) {
        throw new TalosException(
            ErrorCode.TIMESTAMP_INVALID, "not granted: status " + answer.getStatus());
      }
      check(token, trusted);
      return Bytes.of(token.getEncoded());
    } catch (IOException | TSPException | CMSException | GeneralSecurityException e) {
      throw invalid(e);
    } catch (OperatorCreationException e) {
      throw invalid(e);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** What {@code token} says about {@code digest}. */
  public static Stamp verify(Bytes token, Bytes digest, TimestampAuthorities trusted) {
    bound(token);
    try {
      TimeStampToken parsed =
          new TimeStampToken(ContentInfo.getInstance(ASN1Primitive.fromByteArray(token.toArray())));
      ASN1ObjectIdentifier algorithm = parsed.getTimeStampInfo().getMessageImprintAlgOID();
      if (!algorithm.equals(TSPAlgorithms.SHA256)
          || !Bytes.of(parsed.getTimeStampInfo().getMessageImprintDigest()).equals(digest)) {
        throw new TalosException(ErrorCode.TIMESTAMP_INVALID, "the token is of something else");
      }
      return check(parsed, trusted);
    } catch (IOException | TSPException | CMSException | GeneralSecurityException e) {
      throw invalid(e);
    } catch (OperatorCreationException e) {
      throw invalid(e);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private static Stamp check(TimeStampToken token, TimestampAuthorities trusted)
      throws GeneralSecurityException, CMSException, TSPException, OperatorCreationException {
    List<X509Certificate> certificates = certificates(token.getCertificates());
    @SuppressWarnings("unchecked") // the library's selector is raw in its signature only
    Collection<X509CertificateHolder> signers = token.getCertificates().getMatches(token.getSID());
    if (signers.size() != 1) {
      throw new TalosException(ErrorCode.TIMESTAMP_INVALID, "not exactly one signer's certificate");
    }
    X509CertificateHolder holder = signers.iterator().next();
    // Signature, the certificate's hash in the signed attributes, its validity then, its key usage.
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(holder));
    Instant time = token.getTimeStampInfo().getGenTime().toInstant();
    X509Certificate signer = new JcaX509CertificateConverter().getCertificate(holder);
    trusted.require(signer, certificates, time);
    return new Stamp(
        time,
        signer.getSubjectX500Principal().getName(),
        token.getTimeStampInfo().getPolicy().getId(),
        token.getTimeStampInfo().getSerialNumber());
  }

  private static List<X509Certificate> certificates(Store<X509CertificateHolder> store)
      throws GeneralSecurityException {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : store.getMatches(null)) {
      certificates.add(converter.getCertificate(holder));
    }
    return certificates;
  }

  private static void bound(Bytes text) {
    if (text.size() > RESPONSE_BYTES_MAX) {
      throw new TalosException(ErrorCode.TIMESTAMP_INVALID, "too large");
    }
  }

  private static TalosException invalid(Exception cause) {
    return new TalosException(ErrorCode.TIMESTAMP_INVALID, "the timestamp does not verify", cause);
  }

  /**
   * The ASN.1 reader tells malformed bytes by many unchecked exceptions; what was refused already
   * stays as it is.
   */
  private static TalosException unreadable(RuntimeException cause) {
    return cause instanceof TalosException refused
        ? refused
        : new TalosException(ErrorCode.TIMESTAMP_INVALID, "the timestamp cannot be read", cause);
  }
}
