package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as Ethereum uses it: the padding of the Keccak submission, not that of SHA-3.
 *
 * <p>Source: Ethereum Yellow Paper, appendix on notation (KEC); Keccak reference 3.0 §1.
 */
public final class Keccak256 {
  /** Digest length in bytes. */
  public static final int SIZE = 32;

  private Keccak256() {}

  /** The digest of {@code message}. */
  public static Bytes of(Bytes message) {
    KeccakDigest digest = new KeccakDigest(SIZE * Byte.SIZE);
    digest.update(message.toArray(), 0, message.size());
    byte[] hash = new byte[SIZE];
    digest.doFinal(hash, 0);
    return Bytes.of(hash);
  }
}
