package bad.talos.identity;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.event.Audited;

/** An audited event that no other module can hear of. */
record HomemadeEvent(AuditFacts facts) implements Audited {}
