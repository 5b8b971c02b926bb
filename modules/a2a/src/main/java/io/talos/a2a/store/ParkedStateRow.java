package io.talos.a2a.store;

import io.talos.a2a.sessions.ParkedState;
import io.talos.contracts.Bytes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.parked_state}, read only: the store writes it in one statement. */
@Entity
@Table(schema = "a2a", name = "parked_state")
@IdClass(ParkedStateRow.Key.class)
class ParkedStateRow {
  @Id
  @Column(name = "session_id")
  String sessionId;

  @Id
  @Column(name = "owner_id")
  String ownerId;

  byte[] blob;
  String digest;
  long counter;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  ParkedStateRow() {}

  ParkedState parked() {
    return new ParkedState(Bytes.of(blob), digest, counter);
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String sessionId;
    @Nullable String ownerId;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(sessionId, key.sessionId)
          && Objects.equals(ownerId, key.ownerId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(sessionId, ownerId);
    }
  }
}
