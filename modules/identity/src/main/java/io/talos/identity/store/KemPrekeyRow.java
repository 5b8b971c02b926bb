package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.KemPrekey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.kem_prekey}. */
@Entity
@Table(schema = "identity", name = "kem_prekey")
@IdClass(OneTimePrekeyRow.Key.class)
class KemPrekeyRow {
  @Id
  @Column(name = "agent_did")
  String agentDid;

  @Id String id;

  String kind;

  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  byte[] signature;

  @Column(name = "published_at")
  OffsetDateTime publishedAt;

  @Column(name = "claimed_at")
  @Nullable OffsetDateTime claimedAt;

  @Column(name = "claimed_by")
  @Nullable String claimedBy;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  KemPrekeyRow() {}

  KemPrekey prekey() {
    return new KemPrekey(
        id,
        KemPrekey.Kind.of(kind).orElseThrow(),
        Bytes.of(publicKey),
        expiresAt.toInstant(),
        Bytes.of(signature));
  }
}
