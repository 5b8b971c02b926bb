package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Surface;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much a caller may do: rates, idempotency and consumable rights. Implemented by {@code
 * policy}. When the limiter store is down every method throws {@link ErrorCode#REDIS_UNAVAILABLE}:
 * nothing is admitted unmetered.
 */
public interface Traffic {
  /** The coarse limit by network address, before anything is known of the caller. */
  Verdict byAddress(String clientAddress, Instant now);

  /**
   * The limit of one network address on a surface that takes agents which are not registered:
   * whoever makes a new key for each request has a fine limit of its own each time.
   */
  Verdict byNewcomer(String clientAddress, Surface surface, Instant now);

  /**
   * The fine limit by principal and surface, idempotency, and the capability's call limits, in one
   * atomic step. A reservation that is neither confirmed nor released ends by itself after {@link
   * #RESERVATION_LIFETIME}.
   */
  Verdict reserve(Claim claim);

  /** Gives back what a reservation took, because the request was not admitted after all. */
  void release(UuidV7 requestId);

  /** Keeps the answer of a request that had an idempotency key. */
  void remember(Claim claim, Answer answer);

  /** How long a reservation lives without its admission record. */
  Duration RESERVATION_LIFETIME = Duration.ofSeconds(60);

  /**
   * What a request wants to spend.
   *
   * @param requestId counts once, however often it is reserved
   * @param requestDigest SHA-256 over target and body: the same idempotency key with another digest
   *     is a conflict
   * @param idempotencyKey the caller's {@code Idempotency-Key}
   */
  record Claim(
      UuidV7 requestId,
      Principal principal,
      Surface surface,
      Bytes requestDigest,
      Optional<String> idempotencyKey,
      Optional<AccessControl.CapabilityGrant> grant,
      Instant now) {}

  /** A finished answer: status, content type and body. */
  record Answer(int status, String contentType, Bytes body) {}

  /** Go on, answer again, or stop. */
  sealed interface Verdict permits Passed, AnsweredBefore, Stopped {
    /** Answers by the kind of verdict. */
    default <R> R match(
        Function<Passed, R> passed,
        Function<AnsweredBefore, R> answeredBefore,
        Function<Stopped, R> stopped) {
      if (this instanceof Passed go) {
        return passed.apply(go);
      }
      if (this instanceof AnsweredBefore again) {
        return answeredBefore.apply(again);
      }
      return stopped.apply((Stopped) this);
    }
  }

  /** Within every limit. */
  record Passed() implements Verdict {}

  /** The same request was answered before; this is that answer. */
  record AnsweredBefore(Answer answer) implements Verdict {}

  /**
   * Over a limit, or in conflict.
   *
   * @param retryAfter how long to wait, when waiting helps
   */
  record Stopped(ErrorCode code, Optional<Duration> retryAfter) implements Verdict {}
}
