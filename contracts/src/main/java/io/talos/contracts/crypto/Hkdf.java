package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HKDF with HMAC-SHA256.
 *
 * <p>Source: RFC 5869 §2.2, §2.3.
 */
public final class Hkdf {
  /** The longest output in bytes (RFC 5869 §2.3: 255 blocks). */
  public static final int SIZE_MAX = 255 * Sha256.SIZE;

  private Hkdf() {}

  /**
   * Extract and expand.
   *
   * @param salt may be empty, which means 32 zero bytes (RFC 5869 §2.2)
   * @param size output length in bytes, at most {@link #SIZE_MAX}
   */
  public static SecretBytes derive(SecretBytes keyMaterial, Bytes salt, Bytes info, int size) {
    return derive(keyMaterial, salt.toArray(), info, size);
  }

  /**
   * As {@link #derive(SecretBytes, Bytes, Bytes, int)}, with a salt that is itself secret, such as
   * the root key of a ratchet.
   */
  public static SecretBytes derive(
      SecretBytes keyMaterial, SecretBytes salt, Bytes info, int size) {
    byte[] clear = salt.reveal();
    try {
      return derive(keyMaterial, clear, info, size);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static SecretBytes derive(SecretBytes keyMaterial, byte[] salt, Bytes info, int size) {
    Check.that(size > 0 && size <= SIZE_MAX, "the output is 1 to " + SIZE_MAX + " bytes");
    byte[] ikm = keyMaterial.reveal();
    byte[] prk = HmacSha256.mac(salt).doFinal(ikm);
    byte[] output = expand(prk, info.toArray(), size);
    try {
      return SecretBytes.of(output);
    } finally {
      Arrays.fill(ikm, (byte) 0);
      Arrays.fill(prk, (byte) 0);
      Arrays.fill(output, (byte) 0);
    }
  }

  /**
   * Expand only, from a key that is uniformly random already.
   *
   * <p>Source: RFC 5869 §3.3.
   *
   * @param size output length in bytes, at most {@link #SIZE_MAX}
   */
  public static SecretBytes expand(SecretBytes key, Bytes info, int size) {
    Check.that(size > 0 && size <= SIZE_MAX, "the output is 1 to " + SIZE_MAX + " bytes");
    byte[] clear = key.reveal();
    byte[] output = expand(clear, info.toArray(), size);
    try {
      return SecretBytes.of(output);
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(output, (byte) 0);
    }
  }

  private static byte[] expand(byte[] prk, byte[] info, int size) {
    Mac mac = HmacSha256.mac(prk);
    byte[] output = new byte[size];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < size; done += block.length, counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      System.arraycopy(block, 0, output, done, Math.min(block.length, size - done));
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }
}
