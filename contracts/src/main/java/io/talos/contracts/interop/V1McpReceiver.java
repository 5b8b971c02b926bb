package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Receives the signed MCP frames of 1.x peers and remembers, for each peer and session, the
 * capabilities that were shown and the frames that were taken.
 *
 * <p>A session belongs to the key that signed its frames, so that a guessed session id inherits
 * nothing. A remembered capability is asked again for expiry and revocation with every frame. Only
 * when the memory is full is a session dropped, and only when all of its capabilities have expired;
 * from then on no frame that is as old as the newest one forgotten opens a session, so that what
 * was forgotten cannot be sent again; a frame from the future is refused, so that nobody can close
 * the door for others. When nothing can be dropped, new sessions are refused. Thread safe.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_FRAME_INVALID}, {@link
 * ErrorCode#CAPABILITY_SIGNATURE_INVALID}, {@link ErrorCode#CAPABILITY_MISSING}, {@link
 * ErrorCode#CAPABILITY_SCOPE_MISMATCH}, {@link ErrorCode#REPLAY_DETECTED}, {@link
 * ErrorCode#RATE_LIMITED}, and what {@link V1Capability} refuses with.
 *
 * <p>Source: Talos 1.x MCP frames ({@code MCP_MESSAGE}, {@code MCP_RESPONSE}).
 */
public final class V1McpReceiver {
  private static final Set<String> COMMON =
      Set.of(
          "type",
          "protocol_version",
          "session_id",
          "correlation_id",
          "peer_id",
          "issued_at",
          "tool",
          "method",
          "sig");
  private static final BigInteger BEFORE_EVERYTHING = BigInteger.ONE.shiftLeft(64).negate();
  private static final int ISSUED_DIGITS_MAX = 17;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Map<SessionKey, Session> sessions = new HashMap<>();

  /** Frames issued up to this second may have been forgotten. */
  private BigInteger forgottenUpTo = BEFORE_EVERYTHING;

  /** The two kinds of frames and what they have beside {@link #COMMON}. */
  private enum Kind {
    MCP_MESSAGE("request_hash", Set.of("request_hash", "capability_hash"), Set.of("capability")),
    MCP_RESPONSE(
        "response_hash", Set.of("response_hash", "result_code"), Set.of("denial_reason", "mcp_id"));

    private final String boundHash;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> required;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> optional;

    Kind(String boundHash, Set<String> required, Set<String> optional) {
      this.boundHash = boundHash;
      this.required = required;
      this.optional = optional;
    }
  }

  private record SessionKey(Bytes peerKey, String sessionId) {}

  private static final class Session {
    private final Map<String, V1Capability> capabilities = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private BigInteger newest = BEFORE_EVERYTHING;
  }

  /**
   * A frame that was taken.
   *
   * @param frame its members
   * @param capability what allows it; none for a response
   */
  public record Taken(JsonObject frame, Optional<V1Capability> capability) {}

  /**
   * Takes or refuses a frame. A refused frame changes nothing.
   *
   * @param text the frame as it arrived
   * @param bound the request or response that the frame must bind, when it is at hand
   * @param peerKey the peer's key where {@code peer_id} does not hold it
   * @param now the time of the operation
   * @param revoked answers whether a capability hash was revoked
   */
  public synchronized V1Verdict<Taken> receive(
      Bytes text,
      Optional<Bytes> bound,
      Optional<Bytes> peerKey,
      Instant now,
      Predicate<String> revoked) {
    JsonObject frame;
    Kind kind;
    try {
      frame = StrictJson.parseObject(text, Limits.OBJECT);
      kind = kind(frame);
    } catch (TalosException e) {
      return new V1Verdict.Refused<>(ErrorCode.TALOS_FRAME_INVALID, "the frame is malformed");
    }
    Bytes key;
    try {
      key = peerKey.isPresent() ? peerKey.get() : Did.parse(frame.getString("peer_id")).publicKey();
    } catch (TalosException e) {
      return unsigned("the peer's key is not known");
    }
    if (!V1SignedObject.verify(frame, key)) {
      return unsigned("the frame is not signed by its peer");
    }
    if (issuedAt(frame).compareTo(BigInteger.valueOf(now.plus(Limits.SKEW).getEpochSecond())) > 0) {
      return new V1Verdict.Refused<>(ErrorCode.TALOS_FRAME_INVALID, "issued in the future");
    }
    if (bound.isPresent() && !hash(bound.get()).equals(frame.getString(kind.boundHash))) {
      return new V1Verdict.Refused<>(ErrorCode.TALOS_FRAME_INVALID, "binds another message");
    }
    SessionKey at = new SessionKey(key, frame.getString("session_id"));
    return kind == Kind.MCP_MESSAGE
        ? message(at, frame, now, revoked)
        : remember(at, new Taken(frame, Optional.empty()), now);
  }

  private V1Verdict<Taken> message(
      SessionKey at, JsonObject frame, Instant now, Predicate<String> revoked) {
    return capability(at, frame, now, revoked)
        .match(
            accepted -> allowed(at, frame, accepted.value(), now),
            refused -> new V1Verdict.Refused<>(refused.code(), refused.why()));
  }

  private V1Verdict<V1Capability> capability(
      SessionKey at, JsonObject frame, Instant now, Predicate<String> revoked) {
    String hash = frame.getString("capability_hash");
    if (frame.get("capability") instanceof JsonObject shown) {
      return V1Capability.verify(shown, now, revoked)
          .match(
              accepted -> accepted.value().hash().equals(hash) ? accepted : unsignedCapability(),
              refused -> refused);
    }
    Session session = sessions.get(at);
    V1Capability known = session == null ? null : session.capabilities.get(hash);
    if (known == null) {
      return new V1Verdict.Refused<>(
          ErrorCode.CAPABILITY_MISSING, "the session does not know the capability");
    }
    return known
        .objection(now, revoked)
        .<V1Verdict<V1Capability>>map(code -> new V1Verdict.Refused<>(code, code.title()))
        .orElseGet(() -> new V1Verdict.Accepted<>(known));
  }

  private V1Verdict<Taken> allowed(
      SessionKey at, JsonObject frame, V1Capability capability, Instant now) {
    JsonObject constraints = capability.constraints();
    String method = constraints.getString("tool", "") + "/" + constraints.getString("method", "");
    boolean constrained = constraints.containsKey("tool") && constraints.containsKey("method");
    if (!capability.scope().equals(frame.getString("tool"))
        || (constrained && !method.equals(frame.getString("method")))) {
      return new V1Verdict.Refused<>(
          ErrorCode.CAPABILITY_SCOPE_MISMATCH, "the capability is for another call");
    }
    return remember(at, new Taken(frame, Optional.of(capability)), now);
  }

  /** The last step: nothing before it has changed the session. */
  private V1Verdict<Taken> remember(SessionKey at, Taken taken, Instant now) {
    Session session = sessions.get(at);
    if (session == null) {
      forgetExpired(now);
      if (sessions.size() >= Limits.SESSIONS_MAX) {
        return new V1Verdict.Refused<>(ErrorCode.RATE_LIMITED, "too many sessions");
      }
      if (issuedAt(taken.frame()).compareTo(forgottenUpTo) <= 0) {
        return new V1Verdict.Refused<>(
            ErrorCode.REPLAY_DETECTED, "the frame is as old as what was forgotten");
      }
      session = new Session();
    }
    // A response answers a request with the same correlation id; it is no replay of it.
    String seen =
        taken.frame().getString("type") + "\n" + taken.frame().getString("correlation_id");
    if (session.seen.contains(seen)) {
      return new V1Verdict.Refused<>(ErrorCode.REPLAY_DETECTED, "the frame was taken before");
    }
    boolean crowded = session.capabilities.size() >= Limits.CAPABILITIES_PER_SESSION_MAX;
    Map<String, V1Capability> known = session.capabilities;
    if (session.seen.size() >= Limits.FRAMES_PER_SESSION_MAX
        || (crowded && taken.capability().filter(c -> !known.containsKey(c.hash())).isPresent())) {
      return new V1Verdict.Refused<>(ErrorCode.RATE_LIMITED, "the session is used up");
    }
    session.seen.add(seen);
    session.newest = session.newest.max(issuedAt(taken.frame()));
    taken.capability().ifPresent(capability -> known.put(capability.hash(), capability));
    sessions.put(at, session);
    return new V1Verdict.Accepted<>(taken);
  }

  private void forgetExpired(Instant now) {
    if (sessions.size() >= Limits.SESSIONS_MAX) {
      sessions
          .values()
          .removeIf(
              session -> {
                boolean over =
                    session.capabilities.values().stream()
                        .allMatch(
                            c -> now.minus(Limits.SKEW).isAfter(c.expiresAt().plusSeconds(1)));
                if (over) {
                  forgottenUpTo = forgottenUpTo.max(session.newest);
                }
                return over;
              });
    }
  }

  private static BigInteger issuedAt(JsonObject frame) {
    return frame.getJsonNumber("issued_at").bigIntegerValueExact();
  }

  private static Kind kind(JsonObject frame) {
    Kind kind =
        Kind.MCP_MESSAGE.name().equals(text(frame, "type")) ? Kind.MCP_MESSAGE : Kind.MCP_RESPONSE;
    boolean known =
        frame.keySet().containsAll(COMMON)
            && frame.keySet().containsAll(kind.required)
            && frame.keySet().stream()
                .allMatch(
                    m ->
                        COMMON.contains(m)
                            || kind.required.contains(m)
                            || kind.optional.contains(m));
    if (!known || !kind.name().equals(text(frame, "type")) || !isWellTyped(frame, kind)) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "a missing or an unknown member");
    }
    return kind;
  }

  private static boolean isWellTyped(JsonObject frame, Kind kind) {
    boolean texts =
        frame.keySet().stream()
            .filter(m -> !m.equals("issued_at") && !m.equals("capability"))
            .allMatch(m -> !text(frame, m).isEmpty());
    return texts
        && frame.get("issued_at") instanceof JsonNumber time
        && time.isIntegral()
        && time.bigDecimalValue().precision() <= ISSUED_DIGITS_MAX
        && time.bigDecimalValue().scale() >= -ISSUED_DIGITS_MAX
        && frame.getOrDefault("capability", frame) instanceof JsonObject
        && frame.getString("protocol_version").equals("1")
        && HASH.matcher(frame.getString(kind.boundHash)).matches()
        && (kind != Kind.MCP_MESSAGE || HASH.matcher(frame.getString("capability_hash")).matches());
  }

  /** A text member, or nothing when it is no text or too long. */
  private static String text(JsonObject frame, String member) {
    return frame.get(member) instanceof JsonString text
            && text.getString().length() <= Limits.TEXT_CHARACTERS_MAX
        ? text.getString()
        : "";
  }

  private static String hash(Bytes message) {
    try {
      return Sha256.hex(CanonicalJson.encode(StrictJson.parse(message, Limits.BOUND)));
    } catch (TalosException e) {
      return "";
    }
  }

  private static V1Verdict<Taken> unsigned(String why) {
    return new V1Verdict.Refused<>(ErrorCode.CAPABILITY_SIGNATURE_INVALID, why);
  }

  private static V1Verdict<V1Capability> unsignedCapability() {
    return new V1Verdict.Refused<>(
        ErrorCode.CAPABILITY_SIGNATURE_INVALID, "the capability is not the one that is named");
  }
}
