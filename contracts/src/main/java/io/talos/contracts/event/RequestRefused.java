package io.talos.contracts.event;

import io.talos.contracts.Check;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;

/**
 * A request was not let in.
 *
 * @param facts a refusal with its code; meta {@code folded} counts refusals of the same kind that
 *     this event stands for besides its own
 */
public record RequestRefused(AuditFacts facts) implements Audited {
  /** Nothing but a refusal, and never without its code. */
  public RequestRefused {
    Check.that(facts.phase() == EventPhase.REFUSAL, "what is refused is a refusal");
    Check.that(facts.code().isPresent(), "a refusal names its code");
  }
}
