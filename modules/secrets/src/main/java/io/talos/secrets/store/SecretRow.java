package io.talos.secrets.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.secrets.envelope.KekId;
import io.talos.secrets.envelope.SealedSecret;
import io.talos.secrets.envelope.SecretName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code secrets.secret}. */
@Entity
@Table(schema = "secrets", name = "secret")
@IdClass(SecretRow.Key.class)
class SecretRow {
  @Id String name;
  @Id long version;

  @Column(name = "kek_id")
  String kekId;

  byte[] nonce;
  byte[] ciphertext;

  @Column(name = "wrap_nonce")
  byte[] wrapNonce;

  @Column(name = "wrapped_dek")
  byte[] wrappedDek;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  SecretRow() {}

  SecretRow(SealedSecret sealed, Instant createdAt) {
    this.name = sealed.name().text();
    this.version = sealed.version();
    this.kekId = sealed.kekId().text();
    this.nonce = sealed.nonce().toArray();
    this.ciphertext = sealed.ciphertext().toArray();
    this.wrapNonce = sealed.wrapNonce().toArray();
    this.wrappedDek = sealed.wrappedDek().toArray();
    this.createdAt = createdAt.atOffset(ZoneOffset.UTC);
  }

  SealedSecret sealed() {
    try {
      return new SealedSecret(
          new SecretName(name),
          version,
          new KekId(kekId),
          Bytes.of(nonce),
          Bytes.of(ciphertext),
          Bytes.of(wrapNonce),
          Bytes.of(wrappedDek));
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.ENVELOPE_INVALID, "a stored secret is damaged", e);
    }
  }

  /** What identifies a row. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    String name = "";
    long version;

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && version == key.version && name.equals(key.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, version);
    }
  }
}
