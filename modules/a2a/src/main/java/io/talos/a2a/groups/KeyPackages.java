package io.talos.a2a.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers key packages, and which were claimed. Every method needs a transaction. */
public interface KeyPackages {
  /** Waits until the caller is the only one who publishes for {@code agent}. */
  void lock(String agent);

  /** How many single-use ones are left. */
  int count(String agent);

  /** Whether one of these was published before, claimed or not. */
  boolean isKnown(String agent, List<KeyPackage> packages);

  /** Keeps single-use ones, and forgets claims older than {@link Limits#CLAIM_MEMORY}. */
  void add(String agent, List<KeyPackage> packages, Instant now);

  /** Keeps one for when no other is left, in place of an earlier one. */
  void putLastResort(String agent, KeyPackage lastResort);

  /** Takes the oldest single-use one; nobody else ever gets it. */
  Optional<KeyPackage> take(String agent, String claimer, Instant now);

  /** The one for when no other is left. */
  Optional<KeyPackage> lastResort(String agent);

  /**
   * How many single-use ones {@code claimer} got after {@code since}. Claims of one claimer of one
   * agent wait for each other from here on.
   */
  int countClaims(String agent, String claimer, Instant since);
}
