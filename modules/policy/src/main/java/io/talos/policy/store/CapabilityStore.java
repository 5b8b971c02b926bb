package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Hex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
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
}
