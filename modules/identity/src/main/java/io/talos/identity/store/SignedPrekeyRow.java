package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A row of {@code identity.signed_prekey}. */
@Entity
@Table(schema = "identity", name = "signed_prekey")
class SignedPrekeyRow {
  @Id
  @Column(name = "agent_did")
  String agentDid;

  String id;

  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  String suites;

  byte[] signature;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  SignedPrekeyRow() {}

  SignedPrekey prekey() {
    return new SignedPrekey(
        id,
        Bytes.of(publicKey),
        expiresAt.toInstant(),
        SpokenSuites.parse(suites),
        Bytes.of(signature));
  }
}
