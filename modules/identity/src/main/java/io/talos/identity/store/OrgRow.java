package io.talos.identity.store;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Domain;
import io.talos.identity.directory.Org;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A row of {@code identity.org}. */
@Entity
@Table(schema = "identity", name = "org")
class OrgRow {
  @Id String id;
  String name;
  String domain;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  OrgRow() {}

  Org org() {
    return new Org(new UuidV7(id), name, new Domain(domain), createdAt.toInstant());
  }
}
