package io.talos.identity.prekeys;

import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers the prekeys of agents. Changes belong to the caller's transaction. */
public interface Prekeys {
  /** Waits until nobody else publishes for {@code did}, and keeps others out until the end. */
  void lock(Did did);

  /** The agent's current signed prekey, expired or not. */
  Optional<SignedPrekey> signed(Did did);

  /** The one-time prekeys that are left, at most {@link Limits#ONE_TIME_PREKEYS_MAX}. */
  List<OneTimePrekey> oneTime(Did did);

  /** Makes {@code prekey} the agent's only signed prekey. */
  void replaceSigned(Did did, SignedPrekey prekey);

  /** Adds one-time prekeys; the caller holds the lock and has checked them against the others. */
  void addOneTime(Did did, List<OneTimePrekey> prekeys, Instant now);

  /**
   * Takes the oldest one-time prekey away; nobody else gets the same one, also of those who ask at
   * the same time.
   */
  Optional<OneTimePrekey> takeOneTime(Did did, String claimer, Instant now);

  /**
   * How many one-time prekeys of {@code did} this caller was given since then. Whoever asks waits
   * until no other claim of the same caller is under way.
   */
  int countClaims(Did did, String claimer, Instant since);

  /** Whether one of these was claimed before, by its id or by its key. */
  boolean isSpent(Did did, List<OneTimePrekey> prekeys);

  /**
   * Gives out none of the agent's prekeys any more: the key that answers for them was retired. The
   * one-time prekeys count as claimed.
   */
  void forget(Did did, Instant now);

  /** How many one-time prekeys are left. */
  int countOneTime(Did did);
}
