package io.talos.a2a.sessions;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A session between two agents, as the server knows it. Immutable; a change is a new value and the
 * event that belongs to it.
 *
 * @param id names it
 * @param participants its two ends
 * @param suite the channel suite that the initiator chose
 * @param initialMessage what the responder's client needs, opaque here; empty once it was swept
 * @param state pending, active or closed
 * @param createdAt when it was opened
 * @param expiresAt from this instant on it is over
 * @param events how many events its history has
 * @param digest digest of the last of them
 */
public record Session(
    UuidV7 id,
    Participants participants,
    Suite suite,
    Bytes initialMessage,
    SessionState state,
    Instant createdAt,
    Instant expiresAt,
    long events,
    String digest) {

  /** A stored session is never {@code EXPIRED}: that is worked out. */
  public Session {
    Check.that(state != SessionState.EXPIRED, "expiry is not a stored state");
    Check.that(createdAt.isBefore(expiresAt), "a session lasts for a while");
    Check.that(events > 0, "a session has a history");
  }

  /** A change: the session after it and the event that says so. */
  public record Change(Session session, SessionEvent event) {}

  /** What participants see: closed stays closed, otherwise expired once the time has come. */
  public SessionState stateAt(Instant now) {
    return state != SessionState.CLOSED && isExpired(now) ? SessionState.EXPIRED : state;
  }

  /** Whether its time is over; at {@code expiresAt} itself it is. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Why {@code actor} may not accept it, if so. Only the responder may, and only once. */
  public Optional<ErrorCode> refusesAccept(String actor, Instant now) {
    if (!participants.responder().equals(actor)) {
      return Optional.of(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    }
    return refusesUnless(SessionState.PENDING, now);
  }

  /** Why what needs an active session (a rotation, a frame) may not be done, if so. */
  public Optional<ErrorCode> refusesUse(Instant now) {
    return refusesUnless(SessionState.ACTIVE, now);
  }

  /** Why it may not be closed, if so. */
  public Optional<ErrorCode> refusesClose(Instant now) {
    return state == SessionState.CLOSED
        ? Optional.of(ErrorCode.A2A_SESSION_STATE_INVALID)
        : refusesUnless(state, now);
  }

  private Optional<ErrorCode> refusesUnless(SessionState needed, Instant now) {
    return switch (stateAt(now)) {
      case EXPIRED -> Optional.of(ErrorCode.A2A_SESSION_EXPIRED);
      case PENDING, ACTIVE, CLOSED ->
          state == needed ? Optional.empty() : Optional.of(ErrorCode.A2A_SESSION_STATE_INVALID);
    };
  }

  /** The session after {@code actor} did {@code type}. */
  public Change after(
      SessionEvent.Type type,
      SessionState next,
      UuidV7 eventId,
      String actor,
      JsonObject data,
      Instant time) {
    SessionEvent event =
        new SessionEvent(eventId, id, events, actor, type, time, data, Optional.of(digest));
    return new Change(
        new Session(
            id,
            participants,
            suite,
            initialMessage,
            next,
            createdAt,
            expiresAt,
            events + 1,
            event.digest()),
        event);
  }
}
