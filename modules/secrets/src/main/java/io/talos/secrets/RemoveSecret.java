package io.talos.secrets;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SecretRemoved;
import io.talos.secrets.envelope.SealedSecret;
import io.talos.secrets.envelope.SecretName;
import io.talos.secrets.store.SecretStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * Deletes an operator's secret; a later one of the same name starts at version 1 again.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} for a name that no operator may use,
 * {@link ErrorCode#SECRET_NOT_FOUND}. Audited as {@code secret.removed}.
 */
@Dependent
public class RemoveSecret {
  private final SecretStore secrets;
  private final Event<SecretRemoved> removed;

  @Inject
  RemoveSecret(SecretStore secrets, Event<SecretRemoved> removed) {
    this.secrets = secrets;
    this.removed = removed;
  }

  /** Removes the secret; empty when it is gone, else why nothing was changed. */
  @Transactional
  public Optional<ErrorCode> remove(String name) {
    Optional<SecretName> allowed = SecretName.ofOperator(name);
    if (allowed.isEmpty()) {
      return Optional.of(ErrorCode.TALOS_INVALID_INPUT);
    }
    secrets.lock(allowed.get());
    Optional<SealedSecret> current = secrets.find(allowed.get());
    if (current.isEmpty()) {
      return Optional.of(ErrorCode.SECRET_NOT_FOUND);
    }
    secrets.remove(allowed.get());
    removed.fire(new SecretRemoved(name, current.get().version()));
    return Optional.empty();
  }
}
