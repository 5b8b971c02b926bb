package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.time.WireTime;
import io.talos.policy.limits.AllowanceJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The journal of what admitted requests used: one row a request and allowance, and a total that
 * never passes its limit.
 */
@ApplicationScoped
public class AllowanceStore implements AllowanceJournal {
  @PersistenceContext(unitName = "policy")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public long used(Allowance.Kind kind, Bytes link) {
    List<?> found =
        rows.createNativeQuery(
                "select used from policy.allowance where link_hash = ?1 and kind = ?2")
            .setParameter(1, link.toArray())
            .setParameter(2, kind.wire())
            .getResultList();
    return found.isEmpty() ? 0 : ((Number) found.get(0)).longValue();
  }

  /**
   * Records that a request used its amount, once however often it is asked.
   *
   * @return how much is used then; empty when the limit would be passed
   */
  public Optional<Long> use(
      Allowance allowance, UuidV7 requestId, UuidV7 admissionId, Instant now) {
    int fresh =
        rows.createNativeQuery(
                "insert into policy.allowance_use"
                    + " (link_hash, kind, request_id, admission_id, used_at, amount)"
                    + " values (?1, ?2, cast(?3 as uuid), cast(?4 as uuid),"
                    + " cast(?5 as timestamptz), ?6) on conflict do nothing")
            .setParameter(1, allowance.link().toArray())
            .setParameter(2, allowance.kind().wire())
            .setParameter(3, requestId.text())
            .setParameter(4, admissionId.text())
            .setParameter(5, WireTime.format(now))
            .setParameter(6, allowance.amount())
            .executeUpdate();
    if (fresh > 0 && !raise(allowance)) {
      return Optional.empty();
    }
    return Optional.of(used(allowance.kind(), allowance.link()));
  }

  /** The row's lock makes admissions of one allowance take their turns. */
  private boolean raise(Allowance allowance) {
    return allowance.amount() <= allowance.limit()
        && rows.createNativeQuery(
                    "insert into policy.allowance as a (link_hash, kind, used, ends_at)"
                        + " values (?1, ?2, ?3, cast(?4 as timestamptz))"
                        + " on conflict (link_hash, kind) do update set used = a.used + ?5"
                        + " where a.used + ?6 <= ?7")
                .setParameter(1, allowance.link().toArray())
                .setParameter(2, allowance.kind().wire())
                .setParameter(3, allowance.amount())
                .setParameter(4, WireTime.format(allowance.endsAt()))
                .setParameter(5, allowance.amount())
                .setParameter(6, allowance.amount())
                .setParameter(7, allowance.limit())
                .executeUpdate()
            > 0;
  }

  /**
   * Deletes allowances whose links ended before {@code ended} and uses before {@code used}, at most
   * {@code max} of each.
   *
   * @return whether more may be left
   */
  public boolean sweep(Instant ended, Instant used, int max) {
    int allowances = delete("policy.allowance", "ends_at", ended, max);
    int uses = delete("policy.allowance_use", "used_at", used, max);
    return allowances == max || uses == max;
  }

  private int delete(String table, String column, Instant before, int max) {
    return rows.createNativeQuery(
            "delete from "
                + table
                + " where ctid in (select ctid from "
                + table
                + " where "
                + column
                + " < cast(?1 as timestamptz) limit ?2)")
        .setParameter(1, WireTime.format(before))
        .setParameter(2, max)
        .executeUpdate();
  }
}
