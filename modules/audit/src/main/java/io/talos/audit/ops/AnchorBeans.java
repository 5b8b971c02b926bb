package io.talos.audit.ops;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.blocks.BlockKey;
import io.talos.audit.evm.EvmAccount;
import io.talos.audit.witness.WitnessKeys;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** Makes the plain Java parts of anchoring. Every key is drawn when it is first needed. */
@Dependent
public class AnchorBeans {
  @Produces
  @Singleton
  AnchorSettings settings(Settings settings) {
    return AnchorSettings.read(settings);
  }

  @Produces
  @Singleton
  BlockKey blockKey(SecretVault vault, Randomness randomness) {
    return new BlockKey(() -> vault.findOrCreate(BlockKey.SECRET, () -> fresh(randomness)));
  }

  @Produces
  @Singleton
  WitnessKeys witnessKeys(AnchorSettings settings, SecretVault vault, Randomness randomness) {
    return new WitnessKeys(
        settings.witnessName(),
        () -> vault.findOrCreate(WitnessKeys.SECRET, () -> fresh(randomness)));
  }

  @Produces
  @Singleton
  EvmAccount evmAccount(SecretVault vault, Randomness randomness) {
    return new EvmAccount(() -> vault.findOrCreate(EvmAccount.SECRET, () -> fresh(randomness)));
  }

  /** 32 bytes: a seed of Ed25519, or but for a chance of 2^-128 a key of secp256k1. */
  private static SecretBytes fresh(Randomness randomness) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    randomness.fill(seed);
    try {
      return SecretBytes.of(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}
