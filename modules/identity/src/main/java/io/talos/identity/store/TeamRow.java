package io.talos.identity.store;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Team;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A row of {@code identity.team}. */
@Entity
@Table(schema = "identity", name = "team")
class TeamRow {
  @Id String id;

  @Column(name = "org_id")
  String orgId;

  String name;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  TeamRow() {}

  Team team() {
    return new Team(new UuidV7(id), new UuidV7(orgId), name, createdAt.toInstant());
  }
}
