package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.did.Did;
import io.talos.identity.prekeys.Limits;
import io.talos.identity.prekeys.Prekeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Keeps prekeys in Postgres. Changes and locks need a transaction. */
@ApplicationScoped
public class PrekeyStore implements Prekeys {
  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void lock(Did did) {
    lock("talos.prekeys:" + did.text());
  }

  private void lock(String name) {
    rows.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0))")
        .setParameter(1, name)
        .getSingleResult();
  }

  @Override
  public Optional<SignedPrekey> signed(Did did) {
    return rows.createQuery(
            "select p from SignedPrekeyRow p where p.agentDid = :did", SignedPrekeyRow.class)
        .setParameter("did", did.text())
        .getResultStream()
        .findFirst()
        .map(SignedPrekeyRow::prekey);
  }

  @Override
  public List<OneTimePrekey> oneTime(Did did) {
    return rows.createQuery(
            """
            select p from OneTimePrekeyRow p where p.agentDid = :did and p.claimedAt is null
            order by p.publishedAt, p.id
            """,
            OneTimePrekeyRow.class)
        .setParameter("did", did.text())
        .setMaxResults(Limits.ONE_TIME_PREKEYS_MAX)
        .getResultStream()
        .map(OneTimePrekeyRow::prekey)
        .toList();
  }

  @Override
  public void replaceSigned(Did did, SignedPrekey prekey) {
    rows.createNativeQuery(
            """
            insert into identity.signed_prekey (agent_did, id, public_key, expires_at, suites, signature)
            values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (agent_did) do update set
              id = excluded.id, public_key = excluded.public_key,
              expires_at = excluded.expires_at, suites = excluded.suites,
              signature = excluded.signature
            """)
        .setParameter(1, did.text())
        .setParameter(2, prekey.id())
        .setParameter(3, prekey.publicKey().toArray())
        .setParameter(4, prekey.expiresAt().atOffset(ZoneOffset.UTC))
        .setParameter(5, prekey.suites().text())
        .setParameter(6, prekey.signature().toArray())
        .executeUpdate();
    // A row read earlier in this transaction would still say what was before.
    rows.clear();
  }

  @Override
  public void addOneTime(Did did, List<OneTimePrekey> prekeys, Instant now) {
    Check.atMost(prekeys.size(), Limits.ONE_TIME_PREKEYS_MAX, "the number of prekeys");
    forgetOldClaims(did, now);
    for (OneTimePrekey prekey : prekeys) {
      rows.createNativeQuery(
              """
              insert into identity.one_time_prekey (agent_did, id, public_key, published_at)
              values (?1, ?2, ?3, ?4)
              """)
          .setParameter(1, did.text())
          .setParameter(2, prekey.id())
          .setParameter(3, prekey.publicKey().toArray())
          .setParameter(4, now.atOffset(ZoneOffset.UTC))
          .executeUpdate();
    }
  }

  /** The memory grows by what is published, so publishing is the time to shorten it. */
  private void forgetOldClaims(Did did, Instant now) {
    rows.createNativeQuery(
            "delete from identity.one_time_prekey where agent_did = ?1 and claimed_at < ?2")
        .setParameter(1, did.text())
        .setParameter(2, now.minus(Limits.CLAIM_MEMORY).atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /** Rows that another claim holds are passed over, so that claims do not wait for each other. */
  @Override
  public Optional<OneTimePrekey> takeOneTime(Did did, String claimer, Instant now) {
    List<?> taken =
        rows.createNativeQuery(
                """
                update identity.one_time_prekey set claimed_at = ?2, claimed_by = ?3
                where agent_did = ?1 and id = (
                  select id from identity.one_time_prekey
                  where agent_did = ?1 and claimed_at is null
                  order by published_at, id limit 1 for update skip locked)
                returning id, public_key
                """)
            .setParameter(1, did.text())
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .setParameter(3, claimer)
            .getResultList();
    Check.atMost(taken.size(), 1, "the number of prekeys taken");
    return taken.stream()
        .findFirst()
        .map(Object[].class::cast)
        .map(row -> new OneTimePrekey((String) row[0], Bytes.of((byte[]) row[1])));
  }

  @Override
  public int countClaims(Did did, String claimer, Instant since) {
    lock("talos.prekey-claims:" + did.text() + ":" + claimer);
    return Math.toIntExact(
        rows.createQuery(
                "select count(p) from OneTimePrekeyRow p where p.agentDid = :did"
                    + " and p.claimedBy = :claimer and p.claimedAt > :since",
                Long.class)
            .setParameter("did", did.text())
            .setParameter("claimer", claimer)
            .setParameter("since", since.atOffset(ZoneOffset.UTC))
            .getSingleResult());
  }

  @Override
  public boolean isSpent(Did did, List<OneTimePrekey> prekeys) {
    Check.atMost(prekeys.size(), Limits.ONE_TIME_PREKEYS_MAX, "the number of prekeys");
    return prekeys.stream().anyMatch(prekey -> isSpent(did, prekey));
  }

  private boolean isSpent(Did did, OneTimePrekey prekey) {
    return rows.createQuery(
                "select count(p) from OneTimePrekeyRow p where p.agentDid = :did"
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
    rows.createNativeQuery("delete from identity.signed_prekey where agent_did = ?1")
        .setParameter(1, did.text())
        .executeUpdate();
    rows.createNativeQuery(
            """
            update identity.one_time_prekey set claimed_at = ?2, claimed_by = ?1
            where agent_did = ?1 and claimed_at is null
            """)
        .setParameter(1, did.text())
        .setParameter(2, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
    rows.clear();
  }

  @Override
  public int countOneTime(Did did) {
    return Math.toIntExact(
        rows.createQuery(
                "select count(p) from OneTimePrekeyRow p where p.agentDid = :did"
                    + " and p.claimedAt is null",
                Long.class)
            .setParameter("did", did.text())
            .getSingleResult());
  }
}
