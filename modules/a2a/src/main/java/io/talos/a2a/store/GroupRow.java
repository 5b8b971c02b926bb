package io.talos.a2a.store;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupState;
import io.talos.contracts.id.UuidV7;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.agent_group}; what was dropped of its entries is counted by their store. */
@Entity
@Table(schema = "a2a", name = "agent_group")
class GroupRow {
  @Id String id;
  @Nullable String name;

  @Column(name = "owner_id")
  String ownerId;

  String state;
  long epoch;
  long position;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  @Column(name = "event_count")
  long eventCount;

  @Column(name = "event_digest")
  String eventDigest;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  GroupRow() {}

  GroupRow(Group group) {
    this.id = group.id().text();
    this.name = group.name().orElse(null);
    this.ownerId = group.owner();
    this.state = group.state().wire();
    this.epoch = group.epoch();
    this.position = group.position();
    this.createdAt = group.createdAt().atOffset(ZoneOffset.UTC);
    this.eventCount = group.events();
    this.eventDigest = group.digest();
  }

  Group group() {
    return new Group(
        new UuidV7(id),
        Optional.ofNullable(name),
        ownerId,
        GroupState.of(state),
        epoch,
        position,
        createdAt.toInstant(),
        eventCount,
        eventDigest);
  }
}
