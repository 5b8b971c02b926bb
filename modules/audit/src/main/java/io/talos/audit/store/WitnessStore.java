package io.talos.audit.store;

import io.talos.audit.witness.WitnessRows;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps in Postgres what this node witnessed, and what witnesses know of its log. */
@ApplicationScoped
public class WitnessStore implements WitnessRows {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('talos.audit.witness ' || ?1, 0))";
  private static final String NEWEST =
      "select size, root from audit.witnessed where origin = ?1 order by size desc limit 1";
  private static final String ADD =
      "insert into audit.witnessed (origin, size, root, note, cosigned_at)"
          + " values (?1, ?2, ?3, ?4, cast(?5 as timestamptz))";
  private static final String CONTRADICT =
      "insert into audit.witness_contradiction (origin, size, root, note, shown_at)"
          + " values (?1, ?2, ?3, ?4, cast(?5 as timestamptz)) on conflict do nothing";
  private static final String KNOWN =
      "select size from audit.witness_known where witness = ?1 and log_id = ?2";
  private static final String LEARNED =
      "insert into audit.witness_known (witness, log_id, size) values (?1, ?2, ?3)"
          + " on conflict (witness, log_id) do update set size = excluded.size";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void lock(String origin) {
    rows.createNativeQuery(LOCK).setParameter(1, origin).getSingleResult();
  }

  @Override
  public Optional<Checkpoint> newest(String origin) {
    Query query = rows.createNativeQuery(NEWEST).setParameter(1, origin);
    return Columns.rows(query.getResultList()).stream()
        .findFirst()
        .map(row -> new Checkpoint(origin, Columns.whole(row[0]), Columns.bytes(row[1])));
  }

  @Override
  public void add(Checkpoint checkpoint, SignedNote note, Instant now) {
    insert(ADD, checkpoint, note, now);
  }

  @Override
  public boolean addContradiction(Checkpoint shown, SignedNote note, Instant now) {
    return insert(CONTRADICT, shown, note, now) == 1;
  }

  private int insert(String sql, Checkpoint checkpoint, SignedNote note, Instant now) {
    return rows.createNativeQuery(sql)
        .setParameter(1, checkpoint.origin())
        .setParameter(2, checkpoint.size())
        .setParameter(3, checkpoint.root().toArray())
        .setParameter(4, note.encoded())
        .setParameter(5, WireTime.format(now))
        .executeUpdate();
  }

  /** The size that a witness is believed to know; 0 when nothing is known. */
  public long known(String witness, long logId) {
    List<?> sizes =
        rows.createNativeQuery(KNOWN)
            .setParameter(1, witness)
            .setParameter(2, logId)
            .getResultList();
    return sizes.isEmpty() ? 0 : Columns.whole(sizes.get(0));
  }

  /** A witness knows this size. */
  public void learned(String witness, long logId, long size) {
    rows.createNativeQuery(LEARNED)
        .setParameter(1, witness)
        .setParameter(2, logId)
        .setParameter(3, size)
        .executeUpdate();
  }
}
