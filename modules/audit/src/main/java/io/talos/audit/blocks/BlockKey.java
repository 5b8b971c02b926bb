package io.talos.audit.blocks;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that produces blocks, fetched from the vault when it is first needed. Thread safe. */
public final class BlockKey {
  /** Its name in the vault. */
  public static final String SECRET = "audit/block-key";

  private final Supplier<SecretBytes> vault;
  private volatile Ed25519.@Nullable KeyPair keys;

  /** A key whose seed {@code vault} gives. */
  public BlockKey(Supplier<SecretBytes> vault) {
    this.vault = vault;
  }

  /** The key pair. */
  public Ed25519.KeyPair keys() {
    Ed25519.KeyPair known = keys;
    if (known == null) {
      known = Ed25519.fromSeed(vault.get());
      keys = known;
    }
    return known;
  }
}
