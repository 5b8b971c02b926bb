package bad.talos.identity;

import io.talos.contracts.event.Audited;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/** A listener that opens a transaction of its own when there is none. */
@Transactional(Transactional.TxType.MANDATORY)
class OnAuditedRequired {
  @Transactional
  void on(@Observes Audited event) {}
}
