package io.talos.identity.keys;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Optional;

/** Remembers virtual keys. Changes belong to the caller's transaction. */
public interface VirtualKeys {
  /** Adds a key; its id is fresh. */
  void add(VirtualKey key);

  /** The key with this id, revoked and expired ones included. */
  Optional<VirtualKey> find(UuidV7 id);

  /** Revokes the key; false when there is none or it was revoked before. */
  boolean revoke(UuidV7 id, Instant now);
}
