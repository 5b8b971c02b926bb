package io.talos.audit.evm;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Secp256k1;
import io.talos.contracts.log.anchor.EvmAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The account that pays for anchors; its key is fetched from the vault. Thread safe. */
public final class EvmAccount {
  /** Its key's name in the vault. */
  public static final String SECRET = "audit/evm-key";

  private final Supplier<SecretBytes> vault;
  private volatile Secp256k1.@Nullable KeyPair keys;

  /** An account whose key {@code vault} gives. */
  public EvmAccount(Supplier<SecretBytes> vault) {
    this.vault = vault;
  }

  /** The key pair. */
  public Secp256k1.KeyPair keys() {
    Secp256k1.KeyPair known = keys;
    if (known == null) {
      known = Secp256k1.fromSecret(vault.get());
      keys = known;
    }
    return known;
  }

  /** Where an operator sends the coins that anchors cost. */
  public EvmAddress address() {
    return EvmAddress.of(keys().publicKey());
  }
}
