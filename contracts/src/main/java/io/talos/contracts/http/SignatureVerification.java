package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.UnverifiedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says whether a request was signed by the key that it names: over its method and target URI, its
 * body when it has one, and the capability when it shows one, and within its own short life.
 *
 * <p>Pure: it knows nothing of registered agents and their key histories and does not remember
 * nonces. A verified request may be a replay, and its key one that does not speak for the DID.
 *
 * <p>Times: {@code created} may lie up to the allowed skew in the future, that bound included; the
 * signature lives from {@code created} for at most {@link Limits#LIFETIME_MAX}; at {@code expires}
 * itself it has expired.
 *
 * <p>Source: RFC 9421 §3.2, §3.3.6, §7.2; RFC 9530 §2.
 *
 * <p>Refuses with: {@link ErrorCode#AUTH_INVALID} (form, components, key id), {@link
 * ErrorCode#AUTH_AMBIGUOUS}, {@link ErrorCode#AUTH_NOT_YET_VALID}, {@link ErrorCode#AUTH_EXPIRED},
 * {@link ErrorCode#AUTH_INVALID_SIGNATURE} (digest or signature).
 */
public final class SignatureVerification {
  private static final List<String> ALWAYS_COVERED = List.of("@method", "@target-uri");

  private final Duration skew;

  /** A verification that lets {@code created} lie at most {@code skew} in the future. */
  public SignatureVerification(Duration skew) {
    Check.that(
        !skew.isNegative() && skew.compareTo(Limits.SKEW_MAX) <= 0,
        "the skew is zero to " + Limits.SKEW_MAX.toSeconds() + " seconds");
    this.skew = skew;
  }

  /** Verified or refused. */
  public sealed interface Result permits Verified, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Verified, R> verified, Function<Refused, R> refused) {
      if (this instanceof Verified yes) {
        return verified.apply(yes);
      }
      return refused.apply((Refused) this);
    }
  }

  /** The key that the request names signed it. Only a verification makes one. */
  public static final class Verified implements Result {
    private final KeyUrl key;
    private final Bytes base;
    private final UnverifiedSignature signature;

    private Verified(KeyUrl key, Bytes base, UnverifiedSignature signature) {
      this.key = key;
      this.base = base;
      this.signature = signature;
    }

    /** The key id as sent: a did:key or its DID URL. */
    public String keyId() {
      return signature.keyId();
    }

    /** The DID that the key id names; whether the key speaks for it is not known here. */
    public Did did() {
      return key.did();
    }

    /** The key that signed. */
    public Bytes key() {
      return key.key();
    }

    /** The bytes that were signed. */
    public Bytes base() {
      return base;
    }

    /** The signature over {@link #base()}. */
    public Bytes signature() {
      return signature.signature();
    }

    /** The nonce as sent, base64url. */
    public String nonce() {
      return signature.nonce();
    }

    /** When the signer says it signed. */
    public Instant created() {
      return signature.created();
    }

    /** When the signature stops being good. */
    public Instant expires() {
      return signature.expires();
    }
  }

  /**
   * Not signed as it must be.
   *
   * @param why for the log
   * @param unverifiedKeyId what the request calls its key
   */
  public record Refused(ErrorCode code, String why, Optional<String> unverifiedKeyId)
      implements Result {}

  /** Verifies the signature of {@code request}. */
  public Result verify(UnverifiedRequest request, Instant now) {
    SignableMessage message = SignableMessage.of(request);
    try {
      UnverifiedSignature signature = UnverifiedSignature.read(message);
      checkTimes(signature, now);
      checkCoverage(signature, message, hasBody(request));
      checkDigest(message, request);
      return checkSignature(signature, message);
    } catch (TalosException e) {
      return new Refused(
          e.code(), String.valueOf(e.getMessage()), UnverifiedSignature.claimedKeyId(message));
    }
  }

  private void checkTimes(UnverifiedSignature signature, Instant now) {
    Instant created = signature.created();
    Instant expires = signature.expires();
    if (!expires.isAfter(created) || expires.isAfter(created.plus(Limits.LIFETIME_MAX))) {
      throw refused(ErrorCode.AUTH_INVALID, "the signature lives too long or not at all");
    }
    // At created - skew itself: good already. At expires itself: expired.
    if (created.isAfter(now.plus(skew))) {
      throw refused(ErrorCode.AUTH_NOT_YET_VALID, "created lies in the future");
    }
    if (!now.isBefore(expires)) {
      throw refused(ErrorCode.AUTH_EXPIRED, "the signature has expired");
    }
  }

  private static void checkCoverage(
      UnverifiedSignature signature, SignableMessage message, boolean body) {
    Set<String> covered = new HashSet<>(signature.components());
    boolean digestSent = !message.header(Headers.CONTENT_DIGEST).isEmpty();
    boolean capabilitySent = !message.header(Headers.CAPABILITY).isEmpty();
    if (!covered.containsAll(ALWAYS_COVERED)) {
      throw refused(ErrorCode.AUTH_INVALID, "method or target URI is not covered");
    }
    if (digestSent != body || covered.contains(Headers.CONTENT_DIGEST) != body) {
      throw refused(ErrorCode.AUTH_INVALID, "a digest is covered exactly when there is a body");
    }
    if (capabilitySent && !covered.contains(Headers.CAPABILITY)) {
      throw refused(ErrorCode.AUTH_INVALID, "the capability is not covered");
    }
  }

  private static void checkDigest(SignableMessage message, UnverifiedRequest request) {
    Optional<String> sent =
        Headers.combine(message.header(Headers.CONTENT_DIGEST), Limits.FIELD_CHARACTERS_MAX);
    if (sent.isEmpty()) {
      return;
    }
    ContentDigest expected = ContentDigest.of(request.body().orElseGet(Bytes::empty));
    if (!ContentDigest.parse(sent.get()).equals(expected)) {
      throw refused(ErrorCode.AUTH_INVALID_SIGNATURE, "the digest is not the body's");
    }
  }

  private static Result checkSignature(UnverifiedSignature signature, SignableMessage message) {
    KeyUrl key = signer(signature.keyId());
    Bytes base = SignatureBase.of(message, signature.input());
    if (!Ed25519.verify(key.key(), base, signature.signature())) {
      throw refused(ErrorCode.AUTH_INVALID_SIGNATURE, "the signature does not verify");
    }
    return new Verified(key, base, signature);
  }

  private static KeyUrl signer(String keyId) {
    try {
      return KeyUrl.parse(keyId);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the key id names no key", e);
    }
  }

  /** A body of no bytes is no body: nothing tells the two apart once they are received. */
  private static boolean hasBody(UnverifiedRequest request) {
    return request.body().map(Bytes::size).orElse(0) > 0;
  }

  private static TalosException refused(ErrorCode code, String why) {
    return new TalosException(code, why);
  }
}
