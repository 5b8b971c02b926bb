package io.talos.policy.limits;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Hkdf;

/**
 * The keys that keep callers and answers unreadable in Redis; the same on every node.
 *
 * @param names turns addresses and principals into Redis keys that cannot be turned back
 * @param answers seals kept answers
 */
public record TrafficKeys(SecretBytes names, SecretBytes answers) {
  /** Both keys from one secret. */
  public static TrafficKeys derive(SecretBytes secret) {
    return new TrafficKeys(
        derive(secret, "talos:policy:names:v1"), derive(secret, "talos:policy:answers:v1"));
  }

  private static SecretBytes derive(SecretBytes secret, String label) {
    return Hkdf.derive(secret, Bytes.empty(), Bytes.utf8(label), Aead.KEY_SIZE);
  }
}
