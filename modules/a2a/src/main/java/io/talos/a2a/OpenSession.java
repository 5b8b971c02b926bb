package io.talos.a2a;

import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.Inboxes;
import io.talos.a2a.frames.Lane;
import io.talos.a2a.ops.A2aSettings;
import io.talos.a2a.sessions.Participants;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Limits;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionOpened;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens a session in which another agent is asked for a private channel. It is pending until that
 * agent accepts it, and over at its expiry whatever happens.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND} when the responder is not a registered active
 * agent, {@link ErrorCode#TALOS_INVALID_INPUT} when it is the caller, the suite is unknown, the
 * initial message is empty or too large, or the expiry lies in the past or too far away, {@link
 * ErrorCode#A2A_SESSION_QUOTA_EXCEEDED} when the caller asked for too many sessions that are not
 * over, {@link ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code session.opened}.
 */
@Dependent
public class OpenSession {
  private final Sessions sessions;
  private final Frames frames;
  private final Inboxes inboxes;
  private final AgentDirectory agents;
  private final Event<SessionOpened> opened;
  private final UuidV7Generator ids;
  private final A2aSettings settings;
  private final InstantSource clock;

  @Inject
  OpenSession(
      Sessions sessions,
      Frames frames,
      Inboxes inboxes,
      AgentDirectory agents,
      Event<SessionOpened> opened,
      UuidV7Generator ids,
      A2aSettings settings,
      InstantSource clock) {
    this.sessions = sessions;
    this.frames = frames;
    this.inboxes = inboxes;
    this.agents = agents;
    this.opened = opened;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What the initiator asks for.
   *
   * @param responderId DID of the agent that is asked
   * @param suite name of the channel suite
   * @param initialMessage what that agent's client needs; opaque here
   * @param expiresAt when the session ends by itself
   */
  public record Request(
      String responderId, String suite, Bytes initialMessage, Optional<Instant> expiresAt) {}

  /** Opens a session between {@code actor} and the responder. */
  @Transactional
  public Outcome<Session> open(String actor, Request request) {
    Instant now = WireTime.cut(clock.instant());
    Instant end = WireTime.cut(request.expiresAt().orElse(now.plus(settings.sessionDefault())));
    Optional<Suite> suite = Suite.of(request.suite());
    int size = request.initialMessage().size();
    if (suite.isEmpty() || size == 0 || size > Limits.INITIAL_MESSAGE_BYTES_MAX) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    if (!now.isBefore(end) || end.isAfter(now.plus(settings.sessionMax()))) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    Optional<AgentDirectory.Agent> responder =
        agents.find(request.responderId()).filter(AgentDirectory.Agent::active);
    if (responder.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (responder.get().did().equals(actor)) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    if (!sessions.lockOpener(actor, settings.lockWait())) {
      return Outcome.refused(ErrorCode.A2A_LOCK_CONTENTION);
    }
    if (sessions.openedBy(actor, now, settings.openSessionsMax()) >= settings.openSessionsMax()) {
      return Outcome.refused(ErrorCode.A2A_SESSION_QUOTA_EXCEEDED);
    }
    Participants ends = new Participants(actor, responder.get().did());
    return Outcome.done(keep(ends, suite.get(), request.initialMessage(), now, end));
  }

  private Session keep(
      Participants ends, Suite suite, Bytes initialMessage, Instant now, Instant end) {
    UuidV7 id = ids.next(now);
    JsonObject data =
        Json.createObjectBuilder()
            .add("responder_id", ends.responder())
            .add("suite", suite.wireName())
            .add("initial_message_hash", Sha256.hex(initialMessage))
            .add("expires_at", WireTime.format(end))
            .build();
    SessionEvent event =
        new SessionEvent(
            ids.next(now),
            id,
            0,
            ends.initiator(),
            SessionEvent.Type.SESSION_OPENED,
            now,
            data,
            Optional.empty());
    Session session =
        new Session(
            id, ends, suite, initialMessage, SessionState.PENDING, now, end, 1, event.digest());
    sessions.add(new Session.Change(session, event));
    // In one order for everybody, so that two agents that ask each other do not wait in a circle.
    Stream.of(ends.initiator(), ends.responder()).sorted().forEach(inboxes::open);
    frames.open(Lane.empty(id, ends.initiator(), ends.responder()));
    frames.open(Lane.empty(id, ends.responder(), ends.initiator()));
    opened.fire(
        new SessionOpened(
            id, ends.initiator(), ends.responder(), suite.wireName(), end, event.digest()));
    return session;
  }
}
