package io.talos.a2a.store;

import io.talos.a2a.groups.GroupEvent;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
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

/** A row of {@code a2a.group_event}; never changed. */
@Entity
@Table(schema = "a2a", name = "group_event")
@IdClass(GroupEventRow.Key.class)
class GroupEventRow {
  @Id
  @Column(name = "group_id")
  String groupId;

  @Id long sequence;

  @Column(name = "event_id")
  String eventId;

  @Column(name = "actor_id")
  String actorId;

  @Column(name = "target_id")
  @Nullable String targetId;

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
  GroupEventRow() {}

  GroupEventRow(GroupEvent event) {
    this.groupId = event.groupId().text();
    this.sequence = event.sequence();
    this.eventId = event.eventId().text();
    this.actorId = event.actorId();
    this.targetId = event.said().target().orElse(null);
    this.eventType = event.said().type().wire();
    this.ts = event.time().atOffset(ZoneOffset.UTC);
    this.data = CanonicalJson.encode(event.said().data()).utf8();
    this.previousDigest = event.previousDigest().orElse(null);
    this.eventDigest = event.digest();
  }

  /** The event, which must still be what its digest was made of. */
  GroupEvent event() {
    GroupEvent event =
        new GroupEvent(
            new UuidV7(eventId),
            new UuidV7(groupId),
            sequence,
            actorId,
            new GroupEvent.Said(
                GroupEvent.Type.of(eventType),
                Optional.ofNullable(targetId),
                StrictJson.parseObject(Bytes.utf8(data), Limits.REQUEST)),
            ts.toInstant(),
            Optional.ofNullable(previousDigest));
    Check.that(event.digest().equals(eventDigest), "the event is what its digest was made of");
    return event;
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String groupId;
    long sequence;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(groupId, key.groupId)
          && sequence == key.sequence;
    }

    @Override
    public int hashCode() {
      return Objects.hash(groupId, sequence);
    }
  }
}
