package bad.talos.identity;

import io.talos.contracts.event.Audited;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/** A listener as it should be. */
class OnAuditedMandatory {
  @Transactional(Transactional.TxType.MANDATORY)
  void on(@Observes Audited event) {}
}
