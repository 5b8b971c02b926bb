package io.talos.gateway.chain;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.event.RequestFinished;
import io.talos.contracts.event.RequestRefused;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.Traffic;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/** Makes the chain's own events durable, each in a transaction of its own. */
@Dependent
public class Journal {
  private final Event<RequestAdmitted> admitted;
  private final Event<RequestFinished> finished;
  private final Event<RequestRefused> refused;
  private final CurrentRequest current;

  @Inject
  Journal(
      Event<RequestAdmitted> admitted,
      Event<RequestFinished> finished,
      Event<RequestRefused> refused,
      CurrentRequest current) {
    this.admitted = admitted;
    this.finished = finished;
    this.refused = refused;
    this.current = current;
  }

  /**
   * The admission record; when this returns it is committed, and what was reserved is confirmed.
   */
  @Transactional(TxType.REQUIRES_NEW)
  public void admit(RequestContext context, Traffic.Claim claim, AuditFacts facts) {
    current.become(context);
    Optional<CapabilityGrant> grant = claim.grant();
    admitted.fire(
        new RequestAdmitted(
            context.requestId(), context.admissionId().orElseThrow(), grant, facts));
  }

  /**
   * What became of an admitted request. The answer may come from another thread than the request
   * did, so the request is made known again.
   */
  @ActivateRequestContext
  @Transactional(TxType.REQUIRES_NEW)
  public void finish(RequestContext context, AuditFacts facts) {
    current.become(context);
    finished.fire(new RequestFinished(facts));
  }

  /** A request that was not let in. */
  @Transactional(TxType.REQUIRES_NEW)
  public void refuse(RequestContext context, AuditFacts facts) {
    current.become(context);
    refused.fire(new RequestRefused(facts));
  }
}
