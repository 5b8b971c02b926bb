package io.talos.identity.keys;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers virtual keys. Changes belong to the caller's transaction. */
public interface VirtualKeys {
  /** Adds a key; its id is fresh. */
  void add(VirtualKey key);

  /** The key with this id, revoked and expired ones included. */
  Optional<VirtualKey> find(UuidV7 id);

  /** At most {@link Limits#PAGE_MAX} keys with greater ids, by id. */
  List<VirtualKey> page(Optional<UuidV7> after);

  /**
   * Records a use in a transaction of its own, unless one as recent was recorded meanwhile. It must
   * not wait for others who record the same key's use.
   */
  void used(UuidV7 id, Instant now);

  /** Revokes the key; false when there is none or it was revoked before. */
  boolean revoke(UuidV7 id, Instant now);
}
