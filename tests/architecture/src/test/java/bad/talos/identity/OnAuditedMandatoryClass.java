package bad.talos.identity;

import io.talos.contracts.event.Audited;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/** A listener whose class says what its method must be. */
@Transactional(Transactional.TxType.MANDATORY)
class OnAuditedMandatoryClass {
  void on(@Observes Audited event) {}
}
