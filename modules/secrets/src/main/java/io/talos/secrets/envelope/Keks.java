package io.talos.secrets.envelope;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Optional;

/**
 * The key-encryption keys that this node holds: one that seals, any number that open. Thread safe.
 */
public interface Keks {
  /** Length of a key in bytes. */
  int KEY_SIZE = 32;

  /** The key that seals new secrets. */
  KekId current();

  /** A fresh copy of a key, for the caller to close. */
  Optional<SecretBytes> find(KekId id);

  /**
   * A fresh copy of a key, for the caller to close.
   *
   * @throws TalosException {@link ErrorCode#KEK_NOT_LOADED} when this node does not hold it
   */
  default SecretBytes require(KekId id) {
    return find(id)
        .orElseThrow(
            () -> new TalosException(ErrorCode.KEK_NOT_LOADED, "KEK " + id + " is not loaded"));
  }
}
