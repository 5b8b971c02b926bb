package io.talos.a2a.store;

import io.talos.a2a.sessions.Participants;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionState;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.id.UuidV7;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.session}. */
@Entity
@Table(schema = "a2a", name = "session")
class SessionRow {
  @Id String id;

  @Column(name = "initiator_id")
  String initiatorId;

  @Column(name = "responder_id")
  String responderId;

  String suite;

  @Column(name = "initial_message")
  byte @Nullable [] initialMessage;

  String state;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  @Column(name = "ended_at")
  @Nullable OffsetDateTime endedAt;

  @Column(name = "event_count")
  long eventCount;

  @Column(name = "event_digest")
  String eventDigest;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  SessionRow() {}

  SessionRow(Session session) {
    this.id = session.id().text();
    this.initiatorId = session.participants().initiator();
    this.responderId = session.participants().responder();
    this.suite = session.suite().wireName();
    this.initialMessage = session.initialMessage().toArray();
    this.state = session.state().wire();
    this.createdAt = session.createdAt().atOffset(ZoneOffset.UTC);
    this.expiresAt = session.expiresAt().atOffset(ZoneOffset.UTC);
    this.eventCount = session.events();
    this.eventDigest = session.digest();
  }

  Session session() {
    return new Session(
        new UuidV7(id),
        new Participants(initiatorId, responderId),
        Suite.of(suite).orElseThrow(),
        initialMessage == null ? Bytes.empty() : Bytes.of(initialMessage),
        SessionState.of(state),
        createdAt.toInstant(),
        expiresAt.toInstant(),
        eventCount,
        eventDigest);
  }
}
