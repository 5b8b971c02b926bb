package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AccessControl;
import java.util.Optional;

/**
 * A request was let in. Fired inside the transaction that makes the admission durable, before the
 * handler runs; what the request reserved is confirmed by the same commit.
 *
 * @param requestId names the request; it counts once, however often it was reserved
 * @param admissionId id of the admission event
 * @param grant the capability that allows the request; empty when the request spends no calls
 * @param facts what the admission event says
 */
public record RequestAdmitted(
    UuidV7 requestId,
    UuidV7 admissionId,
    Optional<AccessControl.CapabilityGrant> grant,
    AuditFacts facts)
    implements Audited {}
