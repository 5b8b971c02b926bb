package io.talos.audit.store;

import io.talos.audit.evm.Attempt;
import io.talos.contracts.log.anchor.SignedEvmTransaction;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps the chain lane's transactions in Postgres. */
@ApplicationScoped
public class EvmStore {
  private static final String ADD =
      "insert into audit.evm_attempt (log_id, size, attempt, nonce, raw, sent_at)"
          + " values (?1, ?2, ?3, ?4, ?5, cast(?6 as timestamptz))";
  private static final String OF =
      "select attempt, raw, cast(round(extract(epoch from sent_at) * 1000) as bigint)"
          + " from audit.evm_attempt where log_id = ?1 and size = ?2 order by attempt";
  private static final String OPEN =
      "select distinct on (a.log_id, a.size) a.nonce from audit.evm_attempt a"
          + " join audit.anchor_task t on t.kind = 'evm' and t.log_id = a.log_id"
          + " and t.size = a.size order by a.log_id, a.size, a.attempt desc";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  /** The attempts of a checkpoint, the oldest first. */
  public List<Attempt> of(long logId, long size) {
    Query query = rows.createNativeQuery(OF).setParameter(1, logId).setParameter(2, size);
    List<Attempt> attempts = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      attempts.add(
          new Attempt(
              (int) Columns.whole(row[0]),
              SignedEvmTransaction.parse(Columns.bytes(row[1])),
              Instant.ofEpochMilli(Columns.whole(row[2]))));
    }
    return attempts;
  }

  /** The nonces of the newest attempts of all checkpoints that still wait. */
  public List<Long> openNonces() {
    List<?> nonces = rows.createNativeQuery(OPEN).getResultList();
    return nonces.stream().map(Columns::whole).toList();
  }

  /** Adds an attempt. */
  public void add(long logId, long size, Attempt attempt) {
    rows.createNativeQuery(ADD)
        .setParameter(1, logId)
        .setParameter(2, size)
        .setParameter(3, attempt.number())
        .setParameter(4, attempt.transaction().transaction().nonce())
        .setParameter(5, attempt.transaction().raw().toArray())
        .setParameter(6, WireTime.format(attempt.sentAt()))
        .executeUpdate();
  }
}
