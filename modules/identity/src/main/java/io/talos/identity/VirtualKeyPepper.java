package io.talos.identity;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import io.talos.identity.ops.VirtualKeySettings;
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
  private static final int SIZE = 32;

  private final SecretVault vault;
  private final Randomness randomness;
  private final VirtualKeySettings settings;

  @Inject
  VirtualKeyPepper(SecretVault vault, Randomness randomness, VirtualKeySettings settings) {
    this.vault = vault;
    this.randomness = randomness;
    this.settings = settings;
  }

  /** The name of the pepper for new keys; keys made under an earlier one keep that. */
  String current() {
    return settings.pepper();
  }

  /** The pepper for a new key; the first one makes it. The caller closes it. */
  SecretBytes forIssuing() {
    return vault.findOrCreate(current(), this::fresh);
  }

  /** A pepper, when there is one: before the first key was issued no key is good. */
  Optional<SecretBytes> forChecking(String name) {
    return vault.find(name);
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
