package io.talos.identity.prekeys;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the KEM prekeys of agents. Changes belong to the caller's transaction; whoever
 * publishes holds the lock of {@link Prekeys}.
 */
public interface KemPrekeys {
  /** The agent's KEM prekey of last resort, expired or not. */
  Optional<KemPrekey> lastResort(Did did);

  /** The one-time ones that can be given out, at most {@link Limits#ONE_TIME_KEM_PREKEYS_MAX}. */
  List<KemPrekey> oneTime(Did did, Instant now);

  /**
   * Makes {@code lastResort} the only one of last resort and adds one-time ones, which the caller
   * has checked against the others. One-time ones that have expired are gone then.
   */
  void publish(Did did, Optional<KemPrekey> lastResort, List<KemPrekey> oneTime, Instant now);

  /**
   * Takes the oldest one-time KEM prekey that has not expired; nobody else gets the same one, also
   * of those who ask at the same time.
   */
  Optional<KemPrekey> takeOneTime(Did did, String claimer, Instant now);

  /**
   * How many one-time KEM prekeys of {@code did} this caller was given since then. Whoever asks
   * waits until no other claim of the same caller is under way.
   */
  int countClaims(Did did, String claimer, Instant since);

  /** Whether one of these was claimed before, by its id or by its key. */
  boolean isSpent(Did did, List<KemPrekey> prekeys);

  /**
   * Gives out none of the agent's KEM prekeys any more: the key that signed them was retired. The
   * one-time ones count as claimed.
   */
  void forget(Did did, Instant now);

  /** How many one-time KEM prekeys can be given out. */
  int countOneTime(Did did, Instant now);
}
