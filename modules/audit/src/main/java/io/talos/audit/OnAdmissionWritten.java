package io.talos.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Learns that an admission has committed; before that there is nothing to give a receipt for. */
@Dependent
public class OnAdmissionWritten {
  private final CurrentAdmission admission;

  @Inject
  OnAdmissionWritten(CurrentAdmission admission) {
    this.admission = admission;
  }

  void note(@Observes(during = TransactionPhase.AFTER_SUCCESS) AdmissionWritten written) {
    admission.committed(written.event());
  }
}
