package io.talos.contracts.event;

import io.talos.contracts.Check;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;

/**
 * An admitted request has come to its end, one way or another.
 *
 * @param facts an outcome; the audit event is linked with its admission by the current request
 */
public record RequestFinished(AuditFacts facts) implements Audited {
  /** Nothing but an outcome. */
  public RequestFinished {
    Check.that(facts.phase() == EventPhase.OUTCOME, "what finishes is an outcome");
  }
}
