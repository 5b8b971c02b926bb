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
  Optional<OneTimePrekey> takeOneTime(Did did);

  /** Drops all prekeys of the agent: the key that answers for them was retired. */
  void forget(Did did);

  /** How many one-time prekeys are left. */
  int countOneTime(Did did);
}
