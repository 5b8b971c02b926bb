package io.talos.audit;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The admission event of the current request, once it cannot be lost any more. */
@RequestScoped
public class CurrentAdmission {
  private @Nullable AuditEvent committed;

  /** The transaction of this admission has committed. */
  void committed(AuditEvent admission) {
    committed = admission;
  }

  /** The event of the admission {@code id}, when it is durable. */
  Optional<AuditEvent> durable(UuidV7 id) {
    return Optional.ofNullable(committed).filter(event -> event.eventId().equals(id));
  }
}
