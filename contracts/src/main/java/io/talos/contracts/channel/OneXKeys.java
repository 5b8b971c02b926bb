package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Hkdf;
import java.util.Arrays;

/**
 * The key schedule of suite {@code talos-1x}, as Talos 1.x published it. Every step is HKDF-SHA256
 * without a salt (32 zero bytes).
 *
 * <pre>
 * RK0                    = HKDF(X, "x3dh-init", 32)
 * next RK (32) || CK(32) = HKDF(RK || DH, "talos-double-ratchet-root", 64)
 * MK                     = HKDF(CK, "talos-double-ratchet-message", 32)
 * next CK                = HKDF(CK, "talos-double-ratchet-chain", 32)
 * </pre>
 *
 * <p>Source: Talos 1.x ratchet vectors; RFC 5869 §2.
 */
public final class OneXKeys {
  private static final int KEY_SIZE = 32;
  private static final Bytes INITIAL = Bytes.utf8("x3dh-init");
  private static final Bytes ROOT = Bytes.utf8("talos-double-ratchet-root");
  private static final Bytes MESSAGE = Bytes.utf8("talos-double-ratchet-message");
  private static final Bytes CHAIN = Bytes.utf8("talos-double-ratchet-chain");

  private OneXKeys() {}

  /** A root key and the chain key that was derived with it. */
  public record Root(SecretBytes rootKey, SecretBytes chainKey) {}

  /** The first root key, from the only Diffie-Hellman there is. */
  public static SecretBytes initialRoot(SecretBytes agreement) {
    return Hkdf.derive(agreement, Bytes.empty(), INITIAL, KEY_SIZE);
  }

  /** The root step. */
  public static Root root(SecretBytes rootKey, SecretBytes agreement) {
    byte[] first = rootKey.reveal();
    byte[] second = agreement.reveal();
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    try (SecretBytes material = SecretBytes.of(joined);
        SecretBytes both = Hkdf.derive(material, Bytes.empty(), ROOT, 2 * KEY_SIZE)) {
      Halves halves = Halves.of(both);
      return new Root(halves.first(), halves.second());
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
      Arrays.fill(joined, (byte) 0);
    }
  }

  /** The key of the chain's next message. */
  public static SecretBytes messageKey(SecretBytes chainKey) {
    return Hkdf.derive(chainKey, Bytes.empty(), MESSAGE, KEY_SIZE);
  }

  /** The chain key after that message. */
  public static SecretBytes nextChainKey(SecretBytes chainKey) {
    return Hkdf.derive(chainKey, Bytes.empty(), CHAIN, KEY_SIZE);
  }
}
