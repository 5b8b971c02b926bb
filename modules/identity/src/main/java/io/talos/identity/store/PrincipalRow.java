package io.talos.identity.store;

import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Member;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.principal}. */
@Entity
@Table(schema = "identity", name = "principal")
class PrincipalRow {
  @Id String id;

  @Column(name = "principal_id")
  String principalId;

  String type;

  @Column(name = "team_id")
  String teamId;

  @Column(name = "org_id")
  String orgId;

  @Nullable String did;

  @Column(name = "display_name")
  @Nullable String displayName;

  String status;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  @Column(name = "revoked_at")
  @Nullable OffsetDateTime revokedAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  PrincipalRow() {}

  Member member() {
    return new Member(
        new UuidV7(id),
        principalId,
        Member.Kind.valueOf(type.toUpperCase(Locale.ROOT)),
        new UuidV7(teamId),
        new UuidV7(orgId),
        Optional.ofNullable(did).map(Did::parse),
        Optional.ofNullable(displayName),
        status(),
        createdAt.toInstant(),
        Optional.ofNullable(revokedAt).map(OffsetDateTime::toInstant));
  }

  private Member.Status status() {
    return Member.Status.valueOf(status.toUpperCase(Locale.ROOT));
  }

  Member.Standing standing() {
    return new Member.Standing(status(), new UuidV7(teamId), new UuidV7(orgId));
  }
}
