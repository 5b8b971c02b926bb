package io.talos.identity.keys;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Collection;
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
                    id, k.name(), k.tag(), k.issuedAt(), k.expiresAt(), Optional.of(now))));
    return active.isPresent();
  }
}
