package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A 1.x capability token whose issuer's signature was verified. Only {@link #verify} makes one.
 *
 * <p>A token names no audience, and its subject may be any text: whoever acts on it compares {@link
 * #subject()} with the caller. A token that was delegated is refused, because 1.x names the parents
 * of a delegation but does not show them.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_SIGNATURE_INVALID} (also when malformed, as 1.x
 * does), {@link ErrorCode#CAPABILITY_NOT_YET_VALID}, {@link ErrorCode#CAPABILITY_EXPIRED}, {@link
 * ErrorCode#CAPABILITY_REVOKED}, {@link ErrorCode#CAPABILITY_DELEGATION_INVALID}.
 *
 * <p>Source: Talos 1.x capability tokens, shape with {@code v}, {@code iss}, {@code sub}.
 */
public final class V1Capability {
  private static final Set<String> REQUIRED =
      Set.of("v", "iss", "sub", "scope", "iat", "exp", "sig");
  private static final Set<String> OPTIONAL =
      Set.of("constraints", "delegatable", "delegation_chain");

  private final JsonObject token;
  private final String hash;

  private V1Capability(JsonObject token) {
    this.token = token;
    this.hash = Sha256.hex(CanonicalJson.encode(token));
  }

  /**
   * Verifies a token: form, signature, times with {@link Limits#SKEW}, revocation, in this order.
   *
   * @param text the token as it arrived
   * @param issuerKey the issuer's key where {@code iss} does not hold it
   * @param now the time of the operation
   * @param revoked answers whether a capability hash was revoked
   */
  public static V1Verdict<V1Capability> verify(
      Bytes text, Optional<Bytes> issuerKey, Instant now, Predicate<String> revoked) {
    V1Capability capability;
    try {
      capability = read(StrictJson.parseObject(text, Limits.OBJECT));
    } catch (TalosException | IllegalArgumentException e) {
      return invalid("the token is malformed: " + e.getMessage());
    }
    return verify(capability, issuerKey, now, revoked);
  }

  /**
   * As {@link #verify(Bytes, Optional, Instant, Predicate)}, for a token that was read strictly.
   */
  static V1Verdict<V1Capability> verify(JsonObject token, Instant now, Predicate<String> revoked) {
    try {
      return verify(read(token), Optional.empty(), now, revoked);
    } catch (TalosException | IllegalArgumentException e) {
      return invalid("the token is malformed: " + e.getMessage());
    }
  }

  private static V1Verdict<V1Capability> verify(
      V1Capability capability, Optional<Bytes> issuerKey, Instant now, Predicate<String> revoked) {
    Bytes key;
    try {
      key = issuerKey.isPresent() ? issuerKey.get() : Did.parse(capability.issuer()).publicKey();
    } catch (TalosException e) {
      return invalid("the issuer's key is not known");
    }
    if (!V1SignedObject.verify(capability.token, key)) {
      return invalid("the signature is not the issuer's");
    }
    if (capability.token.get("delegation_chain") instanceof JsonArray chain && !chain.isEmpty()) {
      return new V1Verdict.Refused<>(
          ErrorCode.CAPABILITY_DELEGATION_INVALID, "the parents are named but not shown");
    }
    return capability
        .objection(now, revoked)
        .<V1Verdict<V1Capability>>map(code -> new V1Verdict.Refused<>(code, code.title()))
        .orElseGet(() -> new V1Verdict.Accepted<>(capability));
  }

  /** What speaks against using the capability now: its times and its revocation. */
  Optional<ErrorCode> objection(Instant now, Predicate<String> revoked) {
    if (seconds("iat") > now.plus(Limits.SKEW).getEpochSecond()) {
      return Optional.of(ErrorCode.CAPABILITY_NOT_YET_VALID);
    }
    // In the last second of the skew it still holds.
    if (now.minus(Limits.SKEW).getEpochSecond() > seconds("exp")) {
      return Optional.of(ErrorCode.CAPABILITY_EXPIRED);
    }
    return revoked.test(hash) ? Optional.of(ErrorCode.CAPABILITY_REVOKED) : Optional.empty();
  }

  private static V1Capability read(JsonObject token) {
    Check.that(token.keySet().containsAll(REQUIRED), "every required member is there");
    Check.that(
        token.keySet().stream().allMatch(m -> REQUIRED.contains(m) || OPTIONAL.contains(m)),
        "no member is unknown");
    for (String member : Set.of("v", "iss", "sub", "scope", "sig")) {
      Check.that(
          token.get(member) instanceof JsonString text
              && !text.getString().isEmpty()
              && text.getString().length() <= Limits.TEXT_CHARACTERS_MAX,
          member + " is a text");
    }
    for (String member : Set.of("iat", "exp")) {
      Check.that(
          token.get(member) instanceof JsonNumber number
              && number.isIntegral()
              && number.bigDecimalValue().signum() >= 0
              && number.bigIntegerValue().bitLength() <= 53,
          member + " is a time in seconds");
    }
    Check.that(token.getString("v").equals("1"), "the version is 1");
    Check.that(
        token.getOrDefault("constraints", token) instanceof JsonObject,
        "constraints are an object");
    return new V1Capability(token);
  }

  private static V1Verdict<V1Capability> invalid(String why) {
    return new V1Verdict.Refused<>(ErrorCode.CAPABILITY_SIGNATURE_INVALID, why);
  }

  private long seconds(String member) {
    return token.getJsonNumber(member).longValueExact();
  }

  /** SHA-256 of the canonical token, signature included, in hex. */
  public String hash() {
    return hash;
  }

  /** Who issued it. */
  public String issuer() {
    return token.getString("iss");
  }

  /** Whom it is for; any text. */
  public String subject() {
    return token.getString("sub");
  }

  /** What it allows; see {@link V1Scope}. */
  public String scope() {
    return token.getString("scope");
  }

  /** Until when it holds, without the skew. */
  public Instant expiresAt() {
    return Instant.ofEpochSecond(seconds("exp"));
  }

  /** The token's constraints, or none. */
  public JsonObject constraints() {
    return token.get("constraints") instanceof JsonObject some
        ? some
        : jakarta.json.JsonValue.EMPTY_JSON_OBJECT;
  }
}
