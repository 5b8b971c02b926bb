package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.DisplayName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.agent}. */
@Entity
@Table(schema = "identity", name = "agent")
class AgentRow {
  @Id String did;

  @Column(name = "current_key")
  byte @Nullable [] currentKey;

  @Column(name = "key_agreement_key")
  byte[] keyAgreementKey;

  @Column(name = "key_agreement_signature")
  byte[] keyAgreementSignature;

  @Column(name = "display_name")
  @Nullable String displayName;

  @Column(name = "registered_at")
  OffsetDateTime registeredAt;

  @Column(name = "revoked_at")
  @Nullable OffsetDateTime revokedAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  AgentRow() {}

  Agent agent() {
    Did own = Did.parse(did);
    return new Agent(
        own,
        currentKey == null ? own.publicKey() : Bytes.of(currentKey),
        new IdentityKey(did, Bytes.of(keyAgreementKey), Bytes.of(keyAgreementSignature)),
        Optional.ofNullable(displayName).map(DisplayName::new),
        registeredAt.toInstant(),
        Optional.ofNullable(revokedAt).map(OffsetDateTime::toInstant));
  }
}
