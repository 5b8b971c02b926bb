package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.identity.keys.VirtualKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.virtual_key}. */
@Entity
@Table(schema = "identity", name = "virtual_key")
class VirtualKeyRow {
  @Id String id;
  String name;

  @Column(name = "pepper_id")
  String pepperId;

  byte[] tag;

  @Column(name = "team_id")
  @Nullable String teamId;

  @Nullable String principal;

  @Column(name = "issued_at")
  OffsetDateTime issuedAt;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  @Column(name = "revoked_at")
  @Nullable OffsetDateTime revokedAt;

  @Column(name = "last_used_at")
  @Nullable OffsetDateTime lastUsedAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  VirtualKeyRow() {}

  VirtualKeyRow(VirtualKey key) {
    this.id = key.id().text();
    this.name = key.name();
    this.pepperId = key.pepperId();
    this.tag = key.tag().toArray();
    this.teamId = key.team().map(UuidV7::text).orElse(null);
    this.principal = key.principal().map(UuidV7::text).orElse(null);
    this.issuedAt = key.issuedAt().atOffset(ZoneOffset.UTC);
    this.expiresAt = key.expiresAt().atOffset(ZoneOffset.UTC);
    this.revokedAt = key.revokedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    this.lastUsedAt = key.lastUsedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  VirtualKey key() {
    return new VirtualKey(
        new UuidV7(id),
        name,
        pepperId,
        Bytes.of(tag),
        Optional.ofNullable(teamId).map(UuidV7::new),
        Optional.ofNullable(principal).map(UuidV7::new),
        issuedAt.toInstant(),
        expiresAt.toInstant(),
        Optional.ofNullable(revokedAt).map(OffsetDateTime::toInstant),
        Optional.ofNullable(lastUsedAt).map(OffsetDateTime::toInstant));
  }
}
