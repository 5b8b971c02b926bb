package io.talos.identity.keys;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Virtual keys in a map. */
public final class InMemoryVirtualKeys implements VirtualKeys {
  private final Map<UuidV7, VirtualKey> keys = new HashMap<>();

  /** All that is kept. */
  public Collection<VirtualKey> all() {
    return List.copyOf(keys.values());
  }

  @Override
  public void add(VirtualKey key) {
    keys.put(key.id(), key);
  }

  @Override
  public Optional<VirtualKey> find(UuidV7 id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public boolean revoke(UuidV7 id, Instant now) {
    Optional<VirtualKey> active = find(id).filter(k -> k.revokedAt().isEmpty());
    active.ifPresent(
        k ->
            keys.put(
                id,
                new VirtualKey(
                    id,
                    k.name(),
                    k.pepperId(),
                    k.tag(),
                    k.team(),
                    k.principal(),
                    k.issuedAt(),
                    k.expiresAt(),
                    Optional.of(now),
                    k.lastUsedAt())));
    return active.isPresent();
  }

  @Override
  public List<VirtualKey> page(Optional<UuidV7> after) {
    return keys.values().stream()
        .filter(k -> after.map(id -> k.id().compareTo(id) > 0).orElse(true))
        .sorted(Comparator.comparing(VirtualKey::id))
        .limit(Limits.PAGE_MAX)
        .toList();
  }

  @Override
  public void used(UuidV7 id, Instant now) {
    find(id)
        .filter(k -> k.useIsWorthRecording(now))
        .ifPresent(
            k ->
                keys.put(
                    id,
                    new VirtualKey(
                        id,
                        k.name(),
                        k.pepperId(),
                        k.tag(),
                        k.team(),
                        k.principal(),
                        k.issuedAt(),
                        k.expiresAt(),
                        k.revokedAt(),
                        Optional.of(now))));
  }
}
