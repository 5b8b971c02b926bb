package bad.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.event.Audited;

/** An audited event that can change on its way. */
public final class BadgeLost implements Audited {
  private AuditFacts facts;

  public BadgeLost(AuditFacts facts) {
    this.facts = facts;
  }

  public void change(AuditFacts other) {
    facts = other;
  }

  @Override
  public AuditFacts facts() {
    return facts;
  }
}
