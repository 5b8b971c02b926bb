package io.talos.a2a.store;

import io.talos.a2a.groups.KeyPackage;
import io.talos.a2a.groups.KeyPackages;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Key packages in Postgres. */
@ApplicationScoped
public class KeyPackageStore implements KeyPackages {
  private static final String KNOWN =
      "select count(*) from (select hash from a2a.key_package where agent_id = ?1 and hash = ?2"
          + " union all select hash from a2a.key_package_claim where agent_id = ?1 and hash = ?2"
          + " union all select hash from a2a.last_resort_key_package"
          + " where agent_id = ?1 and hash = ?2) k";

  /** Rows that another claim holds are passed over, so that claims do not wait for each other. */
  private static final String TAKE =
      "with taken as (delete from a2a.key_package where agent_id = ?1 and hash = ("
          + "select hash from a2a.key_package where agent_id = ?1 order by published_at, hash"
          + " limit 1 for update skip locked) returning hash, content),"
          + " remembered as (insert into a2a.key_package_claim (agent_id, hash, claimed_by,"
          + " claimed_at) select ?1, hash, ?2, ?3 from taken) select content from taken";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void lock(String agent) {
    lockName("talos.a2a.key-packages:" + agent);
  }

  private void lockName(String name) {
    rows.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0))")
        .setParameter(1, name)
        .getSingleResult();
  }

  @Override
  public int count(String agent) {
    return number(
        rows.createNativeQuery("select count(*) from a2a.key_package where agent_id = ?1")
            .setParameter(1, agent));
  }

  @Override
  public boolean isKnown(String agent, List<KeyPackage> packages) {
    Check.atMost(packages.size(), Limits.KEY_PACKAGES_MAX + 1, "the number of key packages");
    return packages.stream()
        .anyMatch(
            one ->
                number(
                        rows.createNativeQuery(KNOWN)
                            .setParameter(1, agent)
                            .setParameter(2, one.hash()))
                    > 0);
  }

  @Override
  public void add(String agent, List<KeyPackage> packages, Instant now) {
    Check.atMost(packages.size(), Limits.KEY_PACKAGES_MAX, "the number of key packages");
    // The memory grows by what is published, so publishing is the time to shorten it.
    rows.createNativeQuery(
            "delete from a2a.key_package_claim where agent_id = ?1 and claimed_at < ?2")
        .setParameter(1, agent)
        .setParameter(2, now.minus(Limits.CLAIM_MEMORY).atOffset(ZoneOffset.UTC))
        .executeUpdate();
    for (KeyPackage one : packages) {
      rows.createNativeQuery(
              "insert into a2a.key_package (agent_id, hash, content, published_at)"
                  + " values (?1, ?2, ?3, ?4)")
          .setParameter(1, agent)
          .setParameter(2, one.hash())
          .setParameter(3, one.content().toArray())
          .setParameter(4, now.atOffset(ZoneOffset.UTC))
          .executeUpdate();
    }
  }

  @Override
  public void putLastResort(String agent, KeyPackage lastResort) {
    rows.createNativeQuery(
            "insert into a2a.last_resort_key_package (agent_id, hash, content)"
                + " values (?1, ?2, ?3) on conflict (agent_id) do update"
                + " set hash = excluded.hash, content = excluded.content")
        .setParameter(1, agent)
        .setParameter(2, lastResort.hash())
        .setParameter(3, lastResort.content().toArray())
        .executeUpdate();
  }

  @Override
  public Optional<KeyPackage> take(String agent, String claimer, Instant now) {
    return first(
        rows.createNativeQuery(TAKE)
            .setParameter(1, agent)
            .setParameter(2, claimer)
            .setParameter(3, now.atOffset(ZoneOffset.UTC)),
        false);
  }

  @Override
  public Optional<KeyPackage> lastResort(String agent) {
    return first(
        rows.createNativeQuery(
                "select content from a2a.last_resort_key_package where agent_id = ?1")
            .setParameter(1, agent),
        true);
  }

  private static Optional<KeyPackage> first(Query query, boolean lastResort) {
    List<?> found = query.getResultList();
    Check.atMost(found.size(), 1, "the number of key packages found");
    return found.stream()
        .findFirst()
        .map(content -> new KeyPackage(Bytes.of((byte[]) content), lastResort));
  }

  @Override
  public int countClaims(String agent, String claimer, Instant since) {
    lockName("talos.a2a.key-package-claims:" + agent + ":" + claimer);
    return number(
        rows.createNativeQuery(
                "select count(*) from a2a.key_package_claim where agent_id = ?1"
                    + " and claimed_by = ?2 and claimed_at > ?3")
            .setParameter(1, agent)
            .setParameter(2, claimer)
            .setParameter(3, since.atOffset(ZoneOffset.UTC)));
  }

  private static int number(Query query) {
    return Math.toIntExact(((Number) query.getSingleResult()).longValue());
  }
}
