package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Set;

/**
 * The revocations that this node has read.
 *
 * @param epoch number of the newest of them
 * @param links hashes of revoked links, the newest {@link Limits#REVOKED_LINKS_MAX}; the admission
 *     itself asks the database, so an older one is refused there
 */
public record RevokedLinks(long epoch, Set<Bytes> links) {
  /** Copies. */
  public RevokedLinks {
    links = Set.copyOf(links);
  }

  /** Whether one of a chain's links is revoked, and with it everything that hangs on it. */
  public boolean containsAnyOf(List<Bytes> chain) {
    return chain.stream().anyMatch(links::contains);
  }
}
