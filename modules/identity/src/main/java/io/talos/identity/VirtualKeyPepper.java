package io.talos.identity;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;

/**
 * The secret under which the tags of virtual keys are made; the vault keeps it.
 *
 * <p>It is asked for each time and not kept here: one that was made in a transaction that rolls
 * back must not be used again.
 */
@Dependent
public class VirtualKeyPepper {
  private static final String NAME = "identity/virtual-key-pepper";
  private static final int SIZE = 32;

  private final SecretVault vault;
  private final Randomness randomness;

  @Inject
  VirtualKeyPepper(SecretVault vault, Randomness randomness) {
    this.vault = vault;
    this.randomness = randomness;
  }

  /** The pepper for a new key; the first one makes it. The caller closes it. */
  SecretBytes forIssuing() {
    return vault.findOrCreate(NAME, this::fresh);
  }

  /** The pepper, when there is one: before the first key was issued no key is good. */
  Optional<SecretBytes> forChecking() {
    return vault.find(NAME);
  }

  private SecretBytes fresh() {
    byte[] bytes = new byte[SIZE];
    randomness.fill(bytes);
    try {
      return SecretBytes.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
