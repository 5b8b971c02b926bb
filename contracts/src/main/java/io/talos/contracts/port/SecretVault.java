package io.talos.contracts.port;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps secrets encrypted at rest. Implemented by {@code secrets}.
 *
 * <p>Every method joins the caller's transaction or starts one. A secret that does not open is a
 * fault ({@link ErrorCode#DECRYPT_FAILED}, {@link ErrorCode#KEK_NOT_LOADED}, {@link
 * ErrorCode#ENVELOPE_INVALID}).
 */
public interface SecretVault {
  /** The current version of the secret, when there is one. */
  Optional<SecretBytes> find(String name);

  /**
   * The current version of the secret; on first use, what {@code fresh} makes. Nodes that ask at
   * the same time get the same value.
   */
  SecretBytes findOrCreate(String name, Supplier<SecretBytes> fresh);

  /** At most {@code most} names of Talos' own secrets that begin with {@code prefix}, in order. */
  List<String> names(String prefix, int most);

  /**
   * Destroys one of Talos' own secrets; nothing that is sealed or hashed under it can be opened or
   * recognised again. True when there was one, on the one node that destroyed it.
   */
  boolean destroy(String name);
}
