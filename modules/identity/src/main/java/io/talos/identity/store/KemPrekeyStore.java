package io.talos.identity.store;

import io.talos.contracts.Check;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.did.Did;
import io.talos.identity.prekeys.KemPrekeys;
import io.talos.identity.prekeys.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Keeps KEM prekeys in Postgres. Changes and locks need a transaction. */
@ApplicationScoped
public class KemPrekeyStore implements KemPrekeys {
  private static final String GIVEABLE =
      " from KemPrekeyRow p where p.agentDid = :did and p.kind = 'one-time'"
          + " and p.claimedAt is null and p.expiresAt > :now";

  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public Optional<KemPrekey> lastResort(Did did) {
    return rows.createQuery(
            "select p from KemPrekeyRow p where p.agentDid = :did and p.kind = 'last-resort'",
            KemPrekeyRow.class)
        .setParameter("did", did.text())
        .getResultStream()
        .findFirst()
        .map(KemPrekeyRow::prekey);
  }

  @Override
  public List<KemPrekey> oneTime(Did did, Instant now) {
    return rows.createQuery(
            "select p" + GIVEABLE + " order by p.publishedAt, p.id", KemPrekeyRow.class)
        .setParameter("did", did.text())
        .setParameter("now", at(now))
        .setMaxResults(Limits.ONE_TIME_KEM_PREKEYS_MAX)
        .getResultStream()
        .map(KemPrekeyRow::prekey)
        .toList();
  }

  @Override
  public void publish(
      Did did, Optional<KemPrekey> lastResort, List<KemPrekey> oneTime, Instant now) {
    Check.atMost(oneTime.size(), Limits.ONE_TIME_KEM_PREKEYS_MAX, "the number of KEM prekeys");
    // The memory grows by what is published, so publishing is the time to shorten it.
    rows.createNativeQuery(
            """
            delete from identity.kem_prekey where agent_did = ?1
              and (kind = 'last-resort' or claimed_at < ?2 or claimed_at is null and expires_at <= ?3)
            """)
        .setParameter(1, did.text())
        .setParameter(2, at(now.minus(Limits.CLAIM_MEMORY)))
        .setParameter(3, at(now))
        .executeUpdate();
    lastResort.ifPresent(prekey -> insert(did, prekey, now));
    oneTime.forEach(prekey -> insert(did, prekey, now));
    // Rows read earlier in this transaction would still say what was before.
    rows.clear();
  }

  private void insert(Did did, KemPrekey prekey, Instant now) {
    rows.createNativeQuery(
            """
            insert into identity.kem_prekey
              (agent_did, id, kind, public_key, expires_at, signature, published_at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        .setParameter(1, did.text())
        .setParameter(2, prekey.id())
        .setParameter(3, prekey.kind().wireName())
        .setParameter(4, prekey.publicKey().toArray())
        .setParameter(5, at(prekey.expiresAt()))
        .setParameter(6, prekey.signature().toArray())
        .setParameter(7, at(now))
        .executeUpdate();
  }

  /** Rows that another claim holds are passed over, so that claims do not wait for each other. */
  @Override
  public Optional<KemPrekey> takeOneTime(Did did, String claimer, Instant now) {
    List<?> taken =
        rows.createNativeQuery(
                """
                update identity.kem_prekey set claimed_at = ?2, claimed_by = ?3
                where agent_did = ?1 and id = (
                  select id from identity.kem_prekey
                  where agent_did = ?1 and kind = 'one-time' and claimed_at is null
                    and expires_at > ?2
                  order by published_at, id limit 1 for update skip locked)
                returning id
                """)
            .setParameter(1, did.text())
            .setParameter(2, at(now))
            .setParameter(3, claimer)
            .getResultList();
    Check.atMost(taken.size(), 1, "the number of KEM prekeys taken");
    return taken.stream().findFirst().map(id -> find(did, (String) id));
  }

  private KemPrekey find(Did did, String id) {
    return rows.createQuery(
            "select p from KemPrekeyRow p where p.agentDid = :did and p.id = :id",
            KemPrekeyRow.class)
        .setParameter("did", did.text())
        .setParameter("id", id)
        .getSingleResult()
        .prekey();
  }

  @Override
  public int countClaims(Did did, String claimer, Instant since) {
    rows.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0))")
        .setParameter(1, "talos.kem-prekey-claims:" + did.text() + ":" + claimer)
        .getSingleResult();
    return Math.toIntExact(
        rows.createQuery(
                "select count(p) from KemPrekeyRow p where p.agentDid = :did"
                    + " and p.claimedBy = :claimer and p.claimedAt > :since",
                Long.class)
            .setParameter("did", did.text())
            .setParameter("claimer", claimer)
            .setParameter("since", at(since))
            .getSingleResult());
  }

  @Override
  public boolean isSpent(Did did, List<KemPrekey> prekeys) {
    Check.atMost(prekeys.size(), Limits.ONE_TIME_KEM_PREKEYS_MAX + 1, "the number of KEM prekeys");
    return prekeys.stream().anyMatch(prekey -> isSpent(did, prekey));
  }

  private boolean isSpent(Did did, KemPrekey prekey) {
    return rows.createQuery(
                "select count(p) from KemPrekeyRow p where p.agentDid = :did"
                    + " and p.claimedAt is not null and (p.id = :id or p.publicKey = :key)",
                Long.class)
            .setParameter("did", did.text())
            .setParameter("id", prekey.id())
            .setParameter("key", prekey.publicKey().toArray())
            .getSingleResult()
        > 0;
  }

  @Override
  public void forget(Did did, Instant now) {
    rows.createNativeQuery(
            "delete from identity.kem_prekey where agent_did = ?1 and kind = 'last-resort'")
        .setParameter(1, did.text())
        .executeUpdate();
    rows.createNativeQuery(
            """
            update identity.kem_prekey set claimed_at = ?2, claimed_by = ?1
            where agent_did = ?1 and claimed_at is null
            """)
        .setParameter(1, did.text())
        .setParameter(2, at(now))
        .executeUpdate();
    rows.clear();
  }

  @Override
  public int countOneTime(Did did, Instant now) {
    return Math.toIntExact(
        rows.createQuery("select count(p)" + GIVEABLE, Long.class)
            .setParameter("did", did.text())
            .setParameter("now", at(now))
            .getSingleResult());
  }
}
