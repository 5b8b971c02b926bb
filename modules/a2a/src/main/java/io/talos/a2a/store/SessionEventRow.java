package io.talos.a2a.store;

import io.talos.a2a.sessions.SessionEvent;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.session_event}; never changed. */
@Entity
@Table(schema = "a2a", name = "session_event")
@IdClass(SessionEventRow.Key.class)
class SessionEventRow {
  @Id
  @Column(name = "session_id")
  String sessionId;

  @Id long sequence;

  @Column(name = "event_id")
  String eventId;

  @Column(name = "actor_id")
  String actorId;

  @Column(name = "event_type")
  String eventType;

  OffsetDateTime ts;
  String data;

  @Column(name = "previous_digest")
  @Nullable String previousDigest;

  @Column(name = "event_digest")
  String eventDigest;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  SessionEventRow() {}

  SessionEventRow(SessionEvent event) {
    this.sessionId = event.sessionId().text();
    this.sequence = event.sequence();
    this.eventId = event.eventId().text();
    this.actorId = event.actorId();
    this.eventType = event.type().wire();
    this.ts = event.time().atOffset(ZoneOffset.UTC);
    this.data = CanonicalJson.encode(event.data()).utf8();
    this.previousDigest = event.previousDigest().orElse(null);
    this.eventDigest = event.digest();
  }

  SessionEvent event() {
    return new SessionEvent(
        new UuidV7(eventId),
        new UuidV7(sessionId),
        sequence,
        actorId,
        SessionEvent.Type.of(eventType),
        ts.toInstant(),
        StrictJson.parseObject(Bytes.utf8(data), Limits.REQUEST),
        Optional.ofNullable(previousDigest));
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String sessionId;
    long sequence;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(sessionId, key.sessionId)
          && sequence == key.sequence;
    }

    @Override
    public int hashCode() {
      return Objects.hash(sessionId, sequence);
    }
  }
}
