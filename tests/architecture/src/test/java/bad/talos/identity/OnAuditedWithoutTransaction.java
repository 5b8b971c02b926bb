package bad.talos.identity;

import io.talos.contracts.event.SecretRemoved;
import jakarta.enterprise.event.Observes;

/** A listener that does not care for the transaction. */
class OnAuditedWithoutTransaction {
  void on(@Observes SecretRemoved event) {}
}
