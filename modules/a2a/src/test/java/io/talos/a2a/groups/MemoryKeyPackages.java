package io.talos.a2a.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Key packages in memory, for one thread. */
public final class MemoryKeyPackages implements KeyPackages {
  private final Map<String, List<KeyPackage>> left = new HashMap<>();
  private final Map<String, KeyPackage> lastResorts = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  private record Claim(String agent, String hash, String claimer, Instant time) {}

  @Override
  public void lock(String agent) {}

  private List<KeyPackage> of(String agent) {
    return left.computeIfAbsent(agent, unused -> new ArrayList<>());
  }

  @Override
  public int count(String agent) {
    return of(agent).size();
  }

  @Override
  public boolean isKnown(String agent, List<KeyPackage> packages) {
    return packages.stream().map(KeyPackage::hash).anyMatch(hash -> isKnown(agent, hash));
  }

  private boolean isKnown(String agent, String hash) {
    return of(agent).stream().anyMatch(one -> one.hash().equals(hash))
        || claims.stream().anyMatch(one -> one.agent().equals(agent) && one.hash().equals(hash))
        || lastResort(agent).filter(one -> one.hash().equals(hash)).isPresent();
  }

  @Override
  public void add(String agent, List<KeyPackage> packages, Instant now) {
    Instant memory = now.minus(Limits.CLAIM_MEMORY);
    claims.removeIf(claim -> claim.agent().equals(agent) && claim.time().isBefore(memory));
    of(agent).addAll(packages);
  }

  @Override
  public void putLastResort(String agent, KeyPackage lastResort) {
    lastResorts.put(agent, lastResort);
  }

  @Override
  public Optional<KeyPackage> take(String agent, String claimer, Instant now) {
    if (of(agent).isEmpty()) {
      return Optional.empty();
    }
    KeyPackage taken = of(agent).remove(0);
    claims.add(new Claim(agent, taken.hash(), claimer, now));
    return Optional.of(taken);
  }

  @Override
  public Optional<KeyPackage> lastResort(String agent) {
    return Optional.ofNullable(lastResorts.get(agent));
  }

  @Override
  public int countClaims(String agent, String claimer, Instant since) {
    return (int)
        claims.stream()
            .filter(claim -> claim.agent().equals(agent) && claim.claimer().equals(claimer))
            .filter(claim -> claim.time().isAfter(since))
            .count();
  }
}
