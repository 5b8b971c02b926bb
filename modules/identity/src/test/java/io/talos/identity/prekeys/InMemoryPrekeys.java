package io.talos.identity.prekeys;

import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prekeys in maps. */
public final class InMemoryPrekeys implements Prekeys {
  private final Map<Did, SignedPrekey> signed = new HashMap<>();
  private final Map<Did, Deque<OneTimePrekey>> oneTime = new HashMap<>();

  @Override
  public void lock(Did did) {
    // One thread plays every story.
  }

  @Override
  public Optional<SignedPrekey> signed(Did did) {
    return Optional.ofNullable(signed.get(did));
  }

  @Override
  public List<OneTimePrekey> oneTime(Did did) {
    return new ArrayList<>(of(did));
  }

  @Override
  public void replaceSigned(Did did, SignedPrekey prekey) {
    signed.put(did, prekey);
  }

  @Override
  public void addOneTime(Did did, List<OneTimePrekey> prekeys, Instant now) {
    of(did).addAll(prekeys);
  }

  @Override
  public Optional<OneTimePrekey> takeOneTime(Did did) {
    return Optional.ofNullable(of(did).poll());
  }

  @Override
  public void forget(Did did) {
    signed.remove(did);
    oneTime.remove(did);
  }

  @Override
  public int countOneTime(Did did) {
    return of(did).size();
  }

  private Deque<OneTimePrekey> of(Did did) {
    return oneTime.computeIfAbsent(did, d -> new ArrayDeque<>());
  }
}
