package io.talos.contracts.port;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.Proof;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Finds out who sent a request. Implemented by {@code identity}. */
public interface RequestAuthentication {
  /**
   * Authenticates {@code request}; a signature's nonce is spent by this call.
   *
   * <p>Refuses with: {@link ErrorCode#AUTH_MISSING}, {@link ErrorCode#AUTH_AMBIGUOUS}, {@link
   * ErrorCode#AUTH_INVALID}, {@link ErrorCode#AUTH_INVALID_SIGNATURE}, {@link
   * ErrorCode#AUTH_EXPIRED}, {@link ErrorCode#AUTH_NOT_YET_VALID}, {@link ErrorCode#AUTH_REVOKED},
   * {@link ErrorCode#AGENT_NOT_REGISTERED}, {@link ErrorCode#REPLAY_DETECTED}.
   *
   * @param unregisteredAllowed whether a signing key that belongs to no registered agent is enough
   */
  Result authenticate(UnverifiedRequest request, boolean unregisteredAllowed, Instant now);

  /** Who it was, or why that stays unknown. */
  sealed interface Result permits Authenticated, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Authenticated, R> authenticated, Function<Refused, R> refused) {
      if (this instanceof Authenticated known) {
        return authenticated.apply(known);
      }
      return refused.apply((Refused) this);
    }
  }

  /** The caller is known. */
  record Authenticated(Principal principal, Proof proof) implements Result {}

  /**
   * The caller is not known.
   *
   * @param why for the log
   * @param unverifiedKeyId what the caller called itself, at most 255 characters
   */
  record Refused(ErrorCode code, String why, Optional<String> unverifiedKeyId) implements Result {}
}
