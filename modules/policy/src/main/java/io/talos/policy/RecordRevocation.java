package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.event.CapabilityLinkRevoked;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.RevokedKind;
import io.talos.policy.store.RevocationStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** The transaction inside {@link RevokeLink}: the revocation's row, its number and its event. */
@Dependent
public class RecordRevocation {
  private final RevocationStore revocations;
  private final Event<CapabilityLinkRevoked> revoked;

  @Inject
  RecordRevocation(RevocationStore revocations, Event<CapabilityLinkRevoked> revoked) {
    this.revocations = revocations;
    this.revoked = revoked;
  }

  /** Its number; empty when the link was revoked before. */
  @Transactional
  public Optional<Long> record(Bytes link, RevocationReason reason, String by, Instant now) {
    // Before the event, as in every admission: revocations first, the audit log second.
    revocations.waitForAdmissions();
    Optional<Long> epoch = revocations.add(link, RevokedKind.LINK, reason, by, now);
    epoch.ifPresent(e -> revoked.fire(new CapabilityLinkRevoked(link, reason.wire(), e)));
    return epoch;
  }
}
