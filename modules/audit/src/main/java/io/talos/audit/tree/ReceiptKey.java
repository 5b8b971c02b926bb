package io.talos.audit.tree;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.NoteSigner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs receipts, fetched from the vault when it is first needed. It is not the log's:
 * every node signs receipts, only one signs checkpoints. Thread safe.
 */
public final class ReceiptKey {
  /** Its name in the vault. */
  public static final String SECRET = "audit/receipt-key";

  private final Supplier<String> origin;
  private final Supplier<SecretBytes> vault;
  private volatile @Nullable NoteSigner signer;

  /**
   * A key.
   *
   * @param origin the installation's first log, which the key is named after
   * @param vault gives the key's seed
   */
  public ReceiptKey(Supplier<String> origin, Supplier<SecretBytes> vault) {
    this.origin = origin;
    this.vault = vault;
  }

  /** Signs receipts. */
  public NoteSigner signer() {
    NoteSigner known = signer;
    if (known == null) {
      known = new NoteSigner(AdmissionReceipt.keyName(origin.get()), Ed25519.fromSeed(vault.get()));
      signer = known;
    }
    return known;
  }

  /** The log that receipts name. */
  public String origin() {
    String name = signer().name();
    return name.substring(0, name.length() - AdmissionReceipt.keyName("").length());
  }
}
