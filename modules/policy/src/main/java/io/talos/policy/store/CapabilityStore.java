package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.ZoneOffset;
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
        .map(CapabilityStore::stored);
  }

  /** The grant whose hash is written {@code hash}; empty also when that is no hash. */
  public Optional<Stored> named(String hash) {
    try {
      return find(Hex.decode(hash));
    } catch (TalosException e) {
      if (e.code() != ErrorCode.ENCODING_INVALID) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Grants, newest first.
   *
   * @param subject of this agent only
   * @param after the hash of the grant that the page before ended with; it exists
   */
  public List<Listed> list(Optional<String> subject, Optional<Bytes> after, int max) {
    return list(subject, Optional.empty(), after, max);
  }

  /** The same of one agent's grants that have not expired at {@code now}. */
  public List<Listed> unexpired(String subject, Instant now, Optional<Bytes> after, int max) {
    return list(Optional.of(subject), Optional.of(now), after, max);
  }

  /**
   * Deletes grants that ended before {@code ended}, at most {@code max}.
   *
   * @return whether more may be left
   */
  public boolean sweep(Instant ended, int max) {
    return rows.createNativeQuery(
                "delete from policy.capability where ctid in (select ctid from policy.capability"
                    + " where expires_at < cast(?1 as timestamptz) limit ?2)")
            .setParameter(1, WireTime.format(ended))
            .setParameter(2, max)
            .executeUpdate()
        == max;
  }

  private List<Listed> list(
      Optional<String> subject, Optional<Instant> endsAfter, Optional<Bytes> after, int max) {
    String query =
        "select c from CapabilityRow c where 1 = 1"
            + (subject.isPresent() ? " and c.subject = :subject" : "")
            + (endsAfter.isPresent() ? " and c.expiresAt > :now" : "")
            + (after.isPresent()
                ? " and (c.grantedAt < :at or (c.grantedAt = :at and c.hash > :hash))"
                : "")
            + " order by c.grantedAt desc, c.hash";
    TypedQuery<CapabilityRow> page =
        rows.createQuery(query, CapabilityRow.class).setMaxResults(max);
    subject.ifPresent(did -> page.setParameter("subject", did));
    endsAfter.ifPresent(end -> page.setParameter("now", end.atOffset(ZoneOffset.UTC)));
    after.ifPresent(
        hash ->
            page.setParameter("hash", hash.hex())
                .setParameter("at", rows.find(CapabilityRow.class, hash.hex()).grantedAt));
    return page.getResultList().stream().map(CapabilityStore::listed).toList();
  }

  private static Listed listed(CapabilityRow row) {
    return new Listed(stored(row), row.grantedAt.toInstant(), row.grantedBy);
  }

  private static Stored stored(CapabilityRow row) {
    return new Stored(Hex.decode(row.hash), row.subject, row.header, row.expiresAt.toInstant());
  }

  /** A grant, and who gave it when. */
  public record Listed(Stored capability, Instant grantedAt, String grantedBy) {}
}
