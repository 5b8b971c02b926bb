package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies that the agent named in an event signed the very request that the event describes.
 *
 * <p>The key is taken from the agent's {@code did:key}, or from the key history that begins with
 * it, so nobody has to be asked for it.
 *
 * <p>Source: RFC 9421 §3.2 steps 5 to 7; RFC 8032 §5.1.7.
 */
final class CallerProof {
  /** How far the server's clock may lie outside the time in which the caller meant its request. */
  static final Duration CLOCK_SLACK = Duration.ofSeconds(60);

  /** How far the times that agents write into their key histories may lie from the server's. */
  static final Duration STATEMENT_SLACK = Duration.ofMinutes(6);

  private static final Pattern PARAMETER = Pattern.compile("\\{[a-z_]+(\\+?)}");
  private static final Bytes NO_BODY = Sha256.of();

  private CallerProof() {}

  /**
   * The request that was signed.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when the event's evidence does not prove
   *     the event's request; other codes when a part of it cannot be read
   */
  static SignedRequest verify(JsonObject event, Bytes base, List<KeyStatement> keyHistory) {
    JsonObject evidence = event.getJsonObject("evidence");
    require(
        Sha256.hex(base).equals(evidence.getString("signature_base_sha256", "")),
        "the signature base is not the one that the event names");
    KeyUrl caller = KeyUrl.parse(evidence.getString("key_id"));
    Bytes signature = Base64Url.decode(evidence.getString("signature", ""));
    require(Ed25519.verify(caller.key(), base, signature), "the caller's signature is not valid");
    SignedRequest request = SignedRequest.parse(base);
    require(request.keyId().equals(evidence.getString("key_id")), "another key id was signed");
    require(
        KeyHistory.verify(caller.did(), keyHistory)
            .spoke(caller.key(), WireTime.parse(event.getString("ts")), STATEMENT_SLACK),
        "the key did not speak for the caller at that time");
    requirePrincipal(event.getJsonObject("principal"), caller.did());
    requireTarget(event.getJsonObject("http"), request);
    requireTime(WireTime.parse(event.getString("ts")), request);
    hash(evidence, "content_digest").ifPresent(digest -> requireBody(digest, request));
    hash(evidence, "capability_hash").ifPresent(hash -> requireCapability(hash, request));
    return request;
  }

  private static void requirePrincipal(JsonObject principal, Did caller) {
    require(
        principal.getString("kind").equals("agent")
            && Did.parse(principal.getString("id", "")).equals(caller),
        "the event names another caller than the one that signed");
  }

  private static void requireTarget(JsonObject http, SignedRequest request) {
    require(http != null, "the event names no request");
    require(request.method().equals(http.getString("method")), "another method was signed");
    require(
        pattern(http.getString("path")).matcher(request.targetUri()).matches(),
        "another target was signed");
  }

  private static void requireTime(Instant ts, SignedRequest request) {
    require(
        !ts.isBefore(request.created().minus(CLOCK_SLACK))
            && !ts.isAfter(request.expires().plus(CLOCK_SLACK)),
        "the request was signed for another time");
  }

  private static void requireBody(Bytes digest, SignedRequest request) {
    // A request without a body needs no digest; the empty body's digest says the same.
    require(request.contentDigest().orElse(NO_BODY).equals(digest), "another body was signed");
  }

  private static void requireCapability(Bytes hash, SignedRequest request) {
    String header = request.capability().orElse("");
    Bytes chain = Base64Url.decode(header);
    require(
        StrictJson.parse(chain, io.talos.contracts.json.Limits.REQUEST)
                instanceof JsonStructure structure
            && Sha256.of(CanonicalJson.encode(structure)).equals(hash),
        "another capability was signed");
  }

  /** Any scheme, authority and prefix, then the surface's path template, then any query. */
  private static Pattern pattern(String template) {
    StringBuilder regex = new StringBuilder("https?://[^/?#]+(?:/[^?#]*)?");
    Matcher parameter = PARAMETER.matcher(template);
    int at = 0;
    while (parameter.find()) {
      regex.append(Pattern.quote(template.substring(at, parameter.start())));
      regex.append(parameter.group(1).isEmpty() ? "[^/?#]+" : "[^?#]+");
      at = parameter.end();
    }
    regex.append(Pattern.quote(template.substring(at))).append("(?:\\?[^#]*)?");
    return Pattern.compile(regex.toString());
  }

  private static Optional<Bytes> hash(JsonObject evidence, String member) {
    return Optional.ofNullable(evidence.getString(member, null)).map(Hex::decode);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new TalosException(ErrorCode.PROOF_INVALID, otherwise);
    }
  }
}
