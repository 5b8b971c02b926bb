package io.talos.audit.witness;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.log.Cosignature;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that cosigns, fetched from the vault when it is first needed. Thread safe. */
public final class WitnessKeys {
  /** Its name in the vault. */
  public static final String SECRET = "audit/witness-key";

  private final String name;
  private final Supplier<SecretBytes> vault;
  private volatile Cosignature.@Nullable Signer signer;

  /** A key that cosigns under {@code name} and whose seed {@code vault} gives. */
  public WitnessKeys(String name, Supplier<SecretBytes> vault) {
    this.name = name;
    this.vault = vault;
  }

  /** The witness. */
  public Cosignature.Signer signer() {
    Cosignature.Signer known = signer;
    if (known == null) {
      known = new Cosignature.Signer(name, Ed25519.fromSeed(vault.get()));
      signer = known;
    }
    return known;
  }
}
