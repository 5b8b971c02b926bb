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
  private final List<Claim> claims = new ArrayList<>();

  private record Claim(Did owner, OneTimePrekey prekey, String claimer, Instant at) {}

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
  public Optional<OneTimePrekey> takeOneTime(Did did, String claimer, Instant now) {
    Optional<OneTimePrekey> taken = Optional.ofNullable(of(did).poll());
    taken.ifPresent(prekey -> claims.add(new Claim(did, prekey, claimer, now)));
    return taken;
  }

  @Override
  public int countClaims(Did did, String claimer, Instant since) {
    return (int)
        claims.stream()
            .filter(claim -> claim.owner.equals(did) && claim.claimer.equals(claimer))
            .filter(claim -> claim.at.isAfter(since))
            .count();
  }

  @Override
  public boolean isSpent(Did did, List<OneTimePrekey> prekeys) {
    return claims.stream()
        .filter(claim -> claim.owner.equals(did))
        .anyMatch(
            claim ->
                prekeys.stream()
                    .anyMatch(
                        prekey ->
                            prekey.id().equals(claim.prekey.id())
                                || prekey.publicKey().equals(claim.prekey.publicKey())));
  }

  @Override
  public void forget(Did did, Instant now) {
    signed.remove(did);
    while (takeOneTime(did, did.text(), now).isPresent()) {
      // Each of them counts as claimed.
    }
  }

  @Override
  public int countOneTime(Did did) {
    return of(did).size();
  }

  private Deque<OneTimePrekey> of(Did did) {
    return oneTime.computeIfAbsent(did, d -> new ArrayDeque<>());
  }
}
