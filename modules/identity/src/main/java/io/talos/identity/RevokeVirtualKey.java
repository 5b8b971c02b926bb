package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.VirtualKeyRevoked;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.identity.authentication.AdmissionLock;
import io.talos.identity.keys.VirtualKeys;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/**
 * Ends a virtual key: from the commit on no node accepts it.
 *
 * <p>Revoking twice changes nothing and succeeds. Refuses with: {@link
 * ErrorCode#VIRTUAL_KEY_NOT_FOUND}. Audited as {@code virtual_key.revoked}, once.
 */
@Dependent
public class RevokeVirtualKey {
  private final AdmissionLock lock;
  private final VirtualKeys keys;
  private final Event<VirtualKeyRevoked> revoked;
  private final InstantSource clock;

  @Inject
  RevokeVirtualKey(
      AdmissionLock lock, VirtualKeys keys, Event<VirtualKeyRevoked> revoked, InstantSource clock) {
    this.lock = lock;
    this.keys = keys;
    this.revoked = revoked;
    this.clock = clock;
  }

  /** Revokes the key with this id. */
  @Transactional
  public Outcome<UuidV7> revoke(UuidV7 id) {
    // Before everything else, as in every admission.
    lock.waitForAdmissions();
    if (keys.revoke(id, WireTime.cut(clock.instant()))) {
      revoked.fire(new VirtualKeyRevoked(id));
      return Outcome.done(id);
    }
    return keys.find(id).isPresent()
        ? Outcome.done(id)
        : Outcome.refused(ErrorCode.VIRTUAL_KEY_NOT_FOUND);
  }
}
