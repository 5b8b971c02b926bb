package io.talos.a2a.store;

import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entry;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.group_entry}; never changed. */
@Entity
@Table(schema = "a2a", name = "group_entry")
@IdClass(GroupEntryRow.Key.class)
class GroupEntryRow {
  /** Stands between the names in a list of them; no DID holds it. */
  private static final String BETWEEN = "\n";

  @Id
  @Column(name = "group_id")
  String groupId;

  @Id long position;
  String kind;

  @Column(name = "sender_id")
  String senderId;

  long epoch;
  byte[] content;
  byte @Nullable [] welcome;
  @Nullable String added;
  @Nullable String removed;
  @Nullable Boolean external;
  int bytes;

  @Column(name = "sent_at")
  OffsetDateTime sentAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  GroupEntryRow() {}

  GroupEntryRow(Entry entry) {
    this.groupId = entry.groupId().text();
    this.position = entry.position();
    this.kind = entry.kind().wire();
    this.senderId = entry.senderId();
    this.epoch = entry.epoch();
    this.content = entry.content().toArray();
    this.welcome = entry.welcome().map(Bytes::toArray).orElse(null);
    this.added = entry.declared().map(d -> String.join(BETWEEN, d.added())).orElse(null);
    this.removed = entry.declared().map(d -> String.join(BETWEEN, d.removed())).orElse(null);
    this.external = entry.declared().map(Commit.Declared::external).orElse(null);
    this.bytes = entry.bytes();
    this.sentAt = entry.sentAt().atOffset(ZoneOffset.UTC);
  }

  Entry entry() {
    return new Entry(
        new UuidV7(groupId),
        position,
        Entry.Kind.of(kind),
        senderId,
        epoch,
        Bytes.of(content),
        Optional.ofNullable(welcome).map(Bytes::of),
        declared(),
        sentAt.toInstant());
  }

  private Optional<Commit.Declared> declared() {
    String in = added;
    String out = removed;
    Boolean outside = external;
    return in == null || out == null || outside == null
        ? Optional.empty()
        : Optional.of(new Commit.Declared(names(in), names(out), outside));
  }

  private static List<String> names(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(BETWEEN));
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String groupId;
    long position;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(groupId, key.groupId)
          && position == key.position;
    }

    @Override
    public int hashCode() {
      return Objects.hash(groupId, position);
    }
  }
}
