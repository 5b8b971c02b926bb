package io.talos.identity.store;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps virtual keys in Postgres. Changes need a transaction. */
@ApplicationScoped
public class VirtualKeyStore implements VirtualKeys {
  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void add(VirtualKey key) {
    rows.persist(new VirtualKeyRow(key));
    rows.flush();
  }

  @Override
  public Optional<VirtualKey> find(UuidV7 id) {
    return rows.createQuery("select k from VirtualKeyRow k where k.id = :id", VirtualKeyRow.class)
        .setParameter("id", id.text())
        .getResultStream()
        .findFirst()
        .map(VirtualKeyRow::key);
  }

  @Override
  public boolean revoke(UuidV7 id, Instant now) {
    boolean revoked =
        rows.createQuery(
                    "update VirtualKeyRow k set k.revokedAt = :now"
                        + " where k.id = :id and k.revokedAt is null")
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .setParameter("id", id.text())
                .executeUpdate()
            == 1;
    // Rows read earlier in this transaction would still say what was before.
    rows.clear();
    return revoked;
  }
}
