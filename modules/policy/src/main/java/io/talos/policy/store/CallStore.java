package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AccessControl.CallLimit;
import io.talos.contracts.time.WireTime;
import io.talos.policy.limits.CallJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The journal of admitted calls: one row a call, and a count that never passes its limit. */
@ApplicationScoped
public class CallStore implements CallJournal {
  @PersistenceContext(unitName = "policy")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public long confirmed(Bytes link) {
    List<?> found =
        rows.createNativeQuery("select used from policy.capability_calls where link_hash = ?1")
            .setParameter(1, link.toArray())
            .getResultList();
    return found.isEmpty() ? 0 : ((Number) found.get(0)).longValue();
  }

  /**
   * Counts a request under a link, once however often it is asked.
   *
   * @return how many calls the link has seen then; empty when its limit is reached
   */
  public Optional<Long> count(CallLimit limit, UuidV7 requestId, UuidV7 admissionId, Instant now) {
    int fresh =
        rows.createNativeQuery(
                "insert into policy.capability_use (link_hash, request_id, admission_id, used_at)"
                    + " values (?1, cast(?2 as uuid), cast(?3 as uuid), cast(?4 as timestamptz)) on conflict do nothing")
            .setParameter(1, limit.link().toArray())
            .setParameter(2, requestId.text())
            .setParameter(3, admissionId.text())
            .setParameter(4, WireTime.format(now))
            .executeUpdate();
    if (fresh > 0 && !raise(limit)) {
      return Optional.empty();
    }
    return Optional.of(confirmed(limit.link()));
  }

  /** The row's lock makes admissions of one link take their turns; the limit is at least 1. */
  private boolean raise(CallLimit limit) {
    return rows.createNativeQuery(
                "insert into policy.capability_calls as c (link_hash, used) values (?1, 1)"
                    + " on conflict (link_hash) do update set used = c.used + 1 where c.used < ?2")
            .setParameter(1, limit.link().toArray())
            .setParameter(2, limit.calls())
            .executeUpdate()
        > 0;
  }
}
