package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Hex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps root grants. */
@ApplicationScoped
public class CapabilityStore {
  @PersistenceContext(unitName = "policy")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  /**
   * A granted capability.
   *
   * @param header text for the {@code Talos-Capability} header
   */
  public record Stored(Bytes hash, String subject, String header, Instant expiresAt) {}

  /** Adds a grant; ids in it are unique, so its hash is. */
  public void add(UnverifiedCapability chain, String grantedBy, Instant now) {
    rows.persist(new CapabilityRow(chain, grantedBy, now));
    rows.flush();
  }

  /** The grant with this hash. */
  public Optional<Stored> find(Bytes hash) {
    return rows
        .createQuery("select c from CapabilityRow c where c.hash = :hash", CapabilityRow.class)
        .setParameter("hash", hash.hex())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst()
        .map(
            row ->
                new Stored(
                    Hex.decode(row.hash), row.subject, row.header, row.expiresAt.toInstant()));
  }

  /**
   * Grants, newest first.
   *
   * @param subject of this agent only
   * @param after the hash of the grant that the page before ended with; it exists
   */
  public List<Listed> list(Optional<String> subject, Optional<Bytes> after, int max) {
    String query =
        "select c from CapabilityRow c where 1 = 1"
            + (subject.isPresent() ? " and c.subject = :subject" : "")
            + (after.isPresent()
                ? " and (c.grantedAt < :at or (c.grantedAt = :at and c.hash > :hash))"
                : "")
            + " order by c.grantedAt desc, c.hash";
    TypedQuery<CapabilityRow> page =
        rows.createQuery(query, CapabilityRow.class).setMaxResults(max);
    subject.ifPresent(did -> page.setParameter("subject", did));
    after.ifPresent(
        hash ->
            page.setParameter("hash", hash.hex())
                .setParameter("at", rows.find(CapabilityRow.class, hash.hex()).grantedAt));
    return page.getResultList().stream()
        .map(
            row ->
                new Listed(
                    new Stored(
                        Hex.decode(row.hash), row.subject, row.header, row.expiresAt.toInstant()),
                    row.grantedAt.toInstant(),
                    row.grantedBy))
        .toList();
  }

  /** A grant, and who gave it when. */
  public record Listed(Stored capability, Instant grantedAt, String grantedBy) {}
}
