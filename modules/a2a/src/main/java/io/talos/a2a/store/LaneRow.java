package io.talos.a2a.store;

import io.talos.a2a.frames.Lane;
import io.talos.contracts.id.UuidV7;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.lane}. */
@Entity
@Table(schema = "a2a", name = "lane")
@IdClass(LaneRow.Key.class)
class LaneRow {
  @Id
  @Column(name = "session_id")
  String sessionId;

  @Id
  @Column(name = "sender_id")
  String senderId;

  @Column(name = "recipient_id")
  String recipientId;

  @Column(name = "highest_seq")
  long highestSeq;

  long position;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  LaneRow() {}

  LaneRow(Lane lane) {
    this.sessionId = lane.sessionId().text();
    this.senderId = lane.senderId();
    this.recipientId = lane.recipientId();
    this.highestSeq = lane.highestSeq();
    this.position = lane.position();
  }

  Lane lane() {
    return new Lane(new UuidV7(sessionId), senderId, recipientId, highestSeq, position);
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String sessionId;
    @Nullable String senderId;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(sessionId, key.sessionId)
          && Objects.equals(senderId, key.senderId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(sessionId, senderId);
    }
  }
}
