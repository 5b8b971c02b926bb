package io.talos.policy.store;

import io.talos.contracts.capability.UnverifiedCapability;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A row of {@code policy.capability}. */
@Entity
@Table(schema = "policy", name = "capability")
class CapabilityRow {
  @Id String hash;
  String subject;
  String header;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  @Column(name = "granted_at")
  OffsetDateTime grantedAt;

  @Column(name = "granted_by")
  String grantedBy;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  CapabilityRow() {}

  CapabilityRow(UnverifiedCapability chain, String grantedBy, Instant now) {
    this.hash = chain.hash().hex();
    this.subject = chain.leaf().terms().subject().text();
    this.header = chain.header();
    this.expiresAt = chain.leaf().terms().expiresAt().atOffset(ZoneOffset.UTC);
    this.grantedAt = now.atOffset(ZoneOffset.UTC);
    this.grantedBy = grantedBy;
  }
}
