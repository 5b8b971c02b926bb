package io.talos.audit.ops;

import io.talos.audit.event.AddressKeys;
import io.talos.audit.event.AddressSettings;
import io.talos.audit.export.ExportKey;
import io.talos.audit.recheck.RecheckState;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.ReceiptKey;
import io.talos.audit.tree.SigningKeys;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import io.talos.contracts.registry.MetaAllowList;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** Makes the plain Java parts of this module. */
@Dependent
public class AuditBeans {
  @Produces
  @Singleton
  AuditSettings settings(Settings settings) {
    return AuditSettings.read(settings);
  }

  @Produces
  @Singleton
  AddressSettings addressSettings(Settings settings) {
    return AddressSettings.read(settings);
  }

  @Produces
  @Singleton
  AddressKeys addressKeys() {
    return new AddressKeys();
  }

  @Produces
  @Singleton
  MetaAllowList metaAllowList() {
    return MetaAllowList.load();
  }

  @Produces
  @Singleton
  LogGuard guard() {
    return new LogGuard();
  }

  @Produces
  @Singleton
  RecheckState recheckState() {
    return new RecheckState();
  }

  @Produces
  @Singleton
  TileMemory tileMemory() {
    return new TileMemory();
  }

  @Produces
  @Singleton
  CheckpointFile checkpointFile(AuditSettings settings) {
    return new CheckpointFile(settings.checkpointFile());
  }

  @Produces
  @Singleton
  SigningKeys signingKeys(SecretVault vault, Randomness randomness) {
    return new SigningKeys(vault, randomness);
  }

  @Produces
  @Singleton
  ReceiptKey receiptKey(SecretVault vault, LogRows rows, Randomness randomness) {
    return new ReceiptKey(
        () -> rows.first().orElseThrow().origin(),
        () -> vault.findOrCreate(ReceiptKey.SECRET, () -> fresh(randomness)));
  }

  @Produces
  @Singleton
  ExportKey exportKey(SecretVault vault, Randomness randomness) {
    return new ExportKey(() -> vault.findOrCreate(ExportKey.SECRET, () -> fresh(randomness)));
  }

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
