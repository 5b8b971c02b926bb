package io.talos.audit.tree;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.log.NoteSigner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that signs checkpoints, fetched from the vault when it is first needed. Thread safe. */
public final class LogKey {
  /** Its name in the vault. */
  public static final String SECRET = "audit/log-key";

  private final Supplier<SecretBytes> vault;
  private volatile Ed25519.@Nullable KeyPair keys;

  /** A key whose seed {@code vault} gives. */
  public LogKey(Supplier<SecretBytes> vault) {
    this.vault = vault;
  }

  /** A signer under the name of a log. */
  public NoteSigner signer(String origin) {
    Ed25519.KeyPair known = keys;
    if (known == null) {
      known = Ed25519.fromSeed(vault.get());
      keys = known;
    }
    return new NoteSigner(origin, known);
  }
}
