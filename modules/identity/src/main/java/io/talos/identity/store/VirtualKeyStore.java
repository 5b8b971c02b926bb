package io.talos.identity.store;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.keys.Limits;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
  public List<VirtualKey> page(Optional<UuidV7> after) {
    return rows.createQuery(
            "select k from VirtualKeyRow k where k.id > :after order by k.id", VirtualKeyRow.class)
        .setParameter("after", after.map(UuidV7::text).orElse(""))
        .setMaxResults(Limits.PAGE_MAX)
        .getResultStream()
        .map(VirtualKeyRow::key)
        .toList();
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void used(UuidV7 id, Instant now) {
    // Whoever finds the row locked leaves it: somebody else is writing the same minute.
    rows.createNativeQuery(
            """
            update identity.virtual_key set last_used_at = ?1
             where id = (select id from identity.virtual_key
                          where id = ?2 and (last_used_at is null or last_used_at <= ?3)
                            for update skip locked)
            """)
        .setParameter(1, now.atOffset(ZoneOffset.UTC))
        .setParameter(2, id.text())
        .setParameter(3, now.minus(Limits.USE_RESOLUTION).atOffset(ZoneOffset.UTC))
        .executeUpdate();
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
