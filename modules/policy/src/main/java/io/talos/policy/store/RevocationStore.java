package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.time.WireTime;
import io.talos.policy.rights.Limits;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.RevokedLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps revocations, numbered without a gap.
 *
 * <p>Admissions and revocations meet at one advisory lock: admissions share it, a revocation has it
 * alone. So a revocation commits after the admissions that did not see it, and before all others.
 */
@ApplicationScoped
public class RevocationStore implements Revocations {
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

  /** Whether one of these links is revoked, as the database knows it now. */
  public boolean containsAnyOf(List<Bytes> links) {
    Check.that(!links.isEmpty(), "a chain has links");
    Check.atMost(
        links.size(), io.talos.contracts.capability.Limits.LINKS_MAX, "the number of links");
    String places =
        IntStream.rangeClosed(1, links.size())
            .mapToObj(i -> "?" + i)
            .collect(Collectors.joining(","));
    Query query =
        rows.createNativeQuery(
            "select count(*) from policy.revocation where link_hash in (" + places + ")");
    for (int i = 0; i < links.size(); i++) {
      query.setParameter(i + 1, links.get(i).toArray());
    }
    return number(query) > 0;
  }

  /** Its number; empty when the link was revoked before. The caller has the lock alone. */
  public Optional<Long> add(Bytes link, RevocationReason reason, String by, Instant now) {
    if (containsAnyOf(List.of(link))) {
      return Optional.empty();
    }
    rows.createNativeQuery("update policy.epoch set value = value + 1").executeUpdate();
    long epoch = epoch();
    rows.createNativeQuery(
            "insert into policy.revocation (link_hash, reason, revoked_at, revoked_by, epoch)"
                + " values (?1, ?2, cast(?3 as timestamptz), ?4, ?5)")
        .setParameter(1, link.toArray())
        .setParameter(2, reason.wire())
        .setParameter(3, WireTime.format(now))
        .setParameter(4, by)
        .setParameter(5, epoch)
        .executeUpdate();
    return Optional.of(epoch);
  }

  /** The number of the newest revocation, 0 before the first. */
  public long epoch() {
    return number(rows.createNativeQuery("select value from policy.epoch"));
  }

  @Override
  public RevokedLinks read() {
    // The number first: what is committed between the two queries is then read too early, not lost.
    long epoch = epoch();
    List<?> found =
        rows.createNativeQuery("select link_hash from policy.revocation order by epoch desc")
            .setMaxResults(Limits.REVOKED_LINKS_MAX)
            .getResultList();
    Set<Bytes> links = new HashSet<>();
    for (Object hash : found) {
      links.add(Bytes.of((byte[]) hash));
    }
    return new RevokedLinks(epoch, links);
  }

  private static long number(Query query) {
    return ((Number) query.getSingleResult()).longValue();
  }
}
