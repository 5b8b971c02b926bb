package io.talos.identity.prekeys;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** KEM prekeys in maps. */
public final class InMemoryKemPrekeys implements KemPrekeys {
  private final Map<Did, KemPrekey> lastResort = new HashMap<>();
  private final Map<Did, List<KemPrekey>> oneTime = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  private record Claim(Did owner, KemPrekey prekey, String claimer, Instant at) {}

  @Override
  public Optional<KemPrekey> lastResort(Did did) {
    return Optional.ofNullable(lastResort.get(did));
  }

  @Override
  public List<KemPrekey> oneTime(Did did, Instant now) {
    return of(did).stream().filter(prekey -> !prekey.isExpired(now)).toList();
  }

  @Override
  public void publish(Did did, Optional<KemPrekey> last, List<KemPrekey> oneTimeKeys, Instant now) {
    lastResort.remove(did);
    last.ifPresent(prekey -> lastResort.put(did, prekey));
    of(did).removeIf(prekey -> prekey.isExpired(now));
    of(did).addAll(oneTimeKeys);
  }

  @Override
  public Optional<KemPrekey> takeOneTime(Did did, String claimer, Instant now) {
    Optional<KemPrekey> taken = oneTime(did, now).stream().findFirst();
    taken.ifPresent(
        prekey -> {
          of(did).remove(prekey);
          claims.add(new Claim(did, prekey, claimer, now));
        });
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
  public boolean isSpent(Did did, List<KemPrekey> prekeys) {
    return claims.stream()
        .filter(claim -> claim.owner.equals(did))
        .map(Claim::prekey)
        .anyMatch(
            spent ->
                prekeys.stream()
                    .anyMatch(
                        prekey ->
                            prekey.id().equals(spent.id())
                                || prekey.publicKey().equals(spent.publicKey())));
  }

  @Override
  public void forget(Did did, Instant now) {
    lastResort.remove(did);
    of(did).forEach(prekey -> claims.add(new Claim(did, prekey, did.text(), now)));
    of(did).clear();
  }

  @Override
  public int countOneTime(Did did, Instant now) {
    return oneTime(did, now).size();
  }

  private List<KemPrekey> of(Did did) {
    return oneTime.computeIfAbsent(did, d -> new ArrayList<>());
  }
}
