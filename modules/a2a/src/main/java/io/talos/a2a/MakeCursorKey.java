package io.talos.a2a;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Finds the cursor key, or makes it on the very first use. In a transaction of its own: a key that
 * was rolled back with its caller must not stay in anybody's memory.
 */
@Dependent
public class MakeCursorKey {
  private static final String NAME = "a2a/cursor-key";
  private static final int SIZE = 32;

  private final SecretVault vault;
  private final Randomness randomness;

  @Inject
  MakeCursorKey(SecretVault vault, Randomness randomness) {
    this.vault = vault;
    this.randomness = randomness;
  }

  /** The key. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public SecretBytes findOrMake() {
    return vault.findOrCreate(NAME, () -> SecretBytes.of(randomness.bytes(SIZE).toArray()));
  }
}
