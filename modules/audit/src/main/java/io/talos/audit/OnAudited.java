package io.talos.audit;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.event.Audited;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Hears everything that must leave an event behind, inside the transaction of the change: when the
 * event cannot be written the change does not happen.
 */
@Dependent
public class OnAudited {
  private final WriteEvent writeEvent;
  private final CurrentRequest current;
  private final Event<AdmissionWritten> admissions;
  private final InstantSource clock;

  @Inject
  OnAudited(
      WriteEvent writeEvent,
      CurrentRequest current,
      Event<AdmissionWritten> admissions,
      InstantSource clock) {
    this.writeEvent = writeEvent;
    this.current = current;
    this.admissions = admissions;
    this.clock = clock;
  }

  /** Writes the event. */
  @Transactional(TxType.MANDATORY)
  public void on(@Observes Audited event) {
    AuditEvent written = writeEvent.write(event.facts(), request(), clock.instant());
    if (event.facts().phase() == EventPhase.ADMISSION) {
      admissions.fire(new AdmissionWritten(written));
    }
  }

  /** A thread that works for no request has no request scope either: Talos itself acts. */
  private Optional<RequestContext> request() {
    try {
      return current.context();
    } catch (ContextNotActiveException e) {
      return Optional.empty();
    }
  }
}
