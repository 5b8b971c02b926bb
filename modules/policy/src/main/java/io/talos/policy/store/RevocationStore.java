package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.revocation.RevocationChain;
import io.talos.contracts.time.WireTime;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.RevokedKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps revocations, numbered without a gap.
 *
 * <p>Admissions and revocations meet at one advisory lock: admissions share it, a revocation has it
 * alone. So a revocation commits after the admissions that did not see it, and before all others.
 */
@ApplicationScoped
public class RevocationStore implements Revocations {
  /** A chain has at most as many links as keys that signed them; and the caller has one. */
  private static final int IDS_MAX = 2 * io.talos.contracts.capability.Limits.LINKS_MAX + 1;

  private static final String LOCK = "hashtextextended('talos.policy.revocation', 0)";

  @PersistenceContext(unitName = "policy")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  /** Keeps revocations back until the admission's transaction ends. */
  public void holdBack() {
    lock("pg_advisory_xact_lock_shared");
  }

  /**
   * Waits for the admissions that are being committed, and keeps new ones back until the commit.
   */
  public void waitForAdmissions() {
    lock("pg_advisory_xact_lock");
  }

  private void lock(String function) {
    rows.createNativeQuery("select " + function + "(" + LOCK + ")").getSingleResult();
  }

  @Override
  public boolean containsAnyOf(List<Bytes> ids) {
    return !revokedOf(ids).isEmpty();
  }

  /** Which of these ids are revoked. */
  public Set<Bytes> revokedOf(List<Bytes> ids) {
    Check.that(!ids.isEmpty(), "something is asked for");
    Check.atMost(ids.size(), IDS_MAX, "the number of ids");
    String places =
        IntStream.rangeClosed(1, ids.size())
            .mapToObj(i -> "?" + i)
            .collect(Collectors.joining(","));
    Query query =
        rows.createNativeQuery(
            "select id from policy.revocation where id in (" + places + ") limit " + ids.size());
    for (int i = 0; i < ids.size(); i++) {
      query.setParameter(i + 1, ids.get(i).toArray());
    }
    List<?> found = query.getResultList();
    return found.stream().map(id -> Bytes.of((byte[]) id)).collect(Collectors.toSet());
  }

  /** Its number; empty when the id was revoked before. The caller has the lock alone. */
  public Optional<Long> add(
      Bytes id, RevokedKind kind, RevocationReason reason, String by, Instant now) {
    if (containsAnyOf(List.of(id))) {
      return Optional.empty();
    }
    Head head = head();
    long epoch = head.epoch() + 1;
    byte[] chain = RevocationChain.next(head.chain(), id).toArray();
    rows.createNativeQuery("update policy.epoch set value = ?1, chain = ?2")
        .setParameter(1, epoch)
        .setParameter(2, chain)
        .executeUpdate();
    rows.createNativeQuery(
            "insert into policy.revocation (id, kind, reason, revoked_at, revoked_by, epoch, chain)"
                + " values (?1, ?2, ?3, cast(?4 as timestamptz), ?5, ?6, ?7)")
        .setParameter(1, id.toArray())
        .setParameter(2, kind.wire())
        .setParameter(3, reason.wire())
        .setParameter(4, WireTime.format(now))
        .setParameter(5, by)
        .setParameter(6, epoch)
        .setParameter(7, chain)
        .executeUpdate();
    return Optional.of(epoch);
  }

  @Override
  public Head head() {
    Object[] row =
        (Object[])
            rows.createNativeQuery("select value, chain from policy.epoch").getSingleResult();
    return new Head(((Number) row[0]).longValue(), Bytes.of((byte[]) row[1]));
  }

  /** One row whatever the page's size: the database joins the ids, which is what makes it fast. */
  @Override
  public Page after(long epoch, int max) {
    Object[] row =
        (Object[])
            rows.createNativeQuery(
                    "select (select chain from policy.revocation where epoch = ?1),"
                        + " string_agg(p.id, cast('' as bytea) order by p.epoch),"
                        + " (select chain from policy.revocation where epoch = max(p.epoch))"
                        + " from (select id, epoch from policy.revocation where epoch > ?2"
                        + " order by epoch limit ?3) p")
                .setParameter(1, epoch)
                .setParameter(2, epoch)
                .setParameter(3, max)
                .getSingleResult();
    return new Page(
        epoch == 0 ? RevocationChain.START : bytes(row[0]), bytes(row[1]), bytes(row[2]));
  }

  private static Bytes bytes(@Nullable Object column) {
    return column == null ? Bytes.empty() : Bytes.of((byte[]) column);
  }
}
