package io.talos.secrets.store;

import io.talos.contracts.Check;
import io.talos.secrets.envelope.KekId;
import io.talos.secrets.envelope.Limits;
import io.talos.secrets.envelope.SealedSecret;
import io.talos.secrets.envelope.SecretName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sealed secrets: one current version for each name. Changes need a transaction. */
@ApplicationScoped
public class SecretStore {
  @PersistenceContext(unitName = "secrets")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  /** A listed secret, without its ciphertext. */
  public record Listed(SecretName name, long version, KekId kekId, Instant createdAt) {}

  /**
   * Waits until nobody else changes {@code name}, on any node, and keeps others out until the
   * transaction ends.
   */
  public void lock(SecretName name) {
    rows.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0))")
        .setParameter(1, "talos.secret:" + name.text())
        .getSingleResult();
  }

  /** The current version. */
  public Optional<SealedSecret> find(SecretName name) {
    return rows
        .createQuery(
            "select s from SecretRow s where s.name = :name order by s.version desc",
            SecretRow.class)
        .setParameter("name", name.text())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst()
        .map(SecretRow::sealed);
  }

  /** Makes {@code sealed} the only version of its name; the caller holds the name's lock. */
  public void replace(SealedSecret sealed, Instant now) {
    remove(sealed.name());
    rows.persist(new SecretRow(sealed, now));
    rows.flush();
  }

  /** Deletes the secret; true when there was one. */
  public boolean remove(SecretName name) {
    return rows.createQuery("delete from SecretRow s where s.name = :name")
            .setParameter("name", name.text())
            .executeUpdate()
        > 0;
  }

  /** At most {@code limit} secrets whose names follow {@code after}, in the order of names. */
  public List<Listed> list(String after, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX + 1, "a page is bounded");
    return rows
        .createQuery(
            "select s from SecretRow s where s.name > :after order by s.name", SecretRow.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList()
        .stream()
        .map(
            row ->
                new Listed(
                    new SecretName(row.name),
                    row.version,
                    new KekId(row.kekId),
                    row.createdAt.toInstant()))
        .toList();
  }

  /** The first secret, by name, that is sealed under {@code kek}. */
  public Optional<SealedSecret> firstUnder(KekId kek) {
    return rows
        .createQuery(
            "select s from SecretRow s where s.kekId = :kek order by s.name", SecretRow.class)
        .setParameter("kek", kek.text())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst()
        .map(SecretRow::sealed);
  }

  /** The keys under which at least one secret is sealed. */
  public List<KekId> keksInUse() {
    return rows
        .createQuery("select distinct s.kekId from SecretRow s order by s.kekId", String.class)
        .setMaxResults(Limits.KEKS_MAX)
        .getResultList()
        .stream()
        .map(KekId::new)
        .toList();
  }
}
