package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.OneTimePrekey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code identity.one_time_prekey}. */
@Entity
@Table(schema = "identity", name = "one_time_prekey")
@IdClass(OneTimePrekeyRow.Key.class)
class OneTimePrekeyRow {
  @Id
  @Column(name = "agent_did")
  String agentDid;

  @Id String id;

  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "published_at")
  OffsetDateTime publishedAt;

  @Column(name = "claimed_at")
  @Nullable OffsetDateTime claimedAt;

  @Column(name = "claimed_by")
  @Nullable String claimedBy;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  OneTimePrekeyRow() {}

  OneTimePrekey prekey() {
    return new OneTimePrekey(id, Bytes.of(publicKey));
  }

  /** What identifies a row. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    String agentDid = "";
    String id = "";

    Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && agentDid.equals(key.agentDid) && id.equals(key.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(agentDid, id);
    }
  }
}
