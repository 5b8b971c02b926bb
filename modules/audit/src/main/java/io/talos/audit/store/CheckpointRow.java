package io.talos.audit.store;

import io.talos.audit.tree.Published;
import io.talos.contracts.log.SignedNote;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

@Entity
@Table(schema = "audit", name = "checkpoint")
@IdClass(CheckpointRow.Key.class)
@SuppressWarnings("NullAway.Init") // the persistence provider fills rows
class CheckpointRow {
  @Id
  @Column(name = "log_id")
  long logId;

  @Id
  @Column(name = "size")
  long size;

  @Column(name = "root")
  byte[] root;

  @Column(name = "note")
  String note;

  @Column(name = "published_at")
  OffsetDateTime publishedAt;

  protected CheckpointRow() {}

  CheckpointRow(long logId, Published published, Instant now) {
    this.logId = logId;
    this.size = published.checkpoint().size();
    this.root = published.checkpoint().root().toArray();
    this.note = published.note().encoded();
    this.publishedAt = now.atOffset(ZoneOffset.UTC);
  }

  Published published() {
    return Published.of(SignedNote.parse(note));
  }

  /** The row's key. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    long logId;
    long size;

    Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && logId == key.logId && size == key.size;
    }

    @Override
    public int hashCode() {
      return Objects.hash(logId, size);
    }
  }
}
