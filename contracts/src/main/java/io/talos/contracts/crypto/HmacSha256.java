package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC with SHA-256.
 *
 * <p>Source: RFC 2104, FIPS 198-1.
 */
public final class HmacSha256 {
  private HmacSha256() {}

  /** The 32-byte tag of {@code message}. */
  public static Bytes tag(SecretBytes key, Bytes message) {
    byte[] clear = key.reveal();
    try {
      return Bytes.of(mac(clear).doFinal(message.toArray()));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** The 32-byte tag of {@code message} as a key that is derived from {@code key}. */
  public static SecretBytes derive(SecretBytes key, Bytes message) {
    byte[] clear = key.reveal();
    byte[] tag = mac(clear).doFinal(message.toArray());
    try {
      return SecretBytes.of(tag);
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(tag, (byte) 0);
    }
  }

  /** Whether {@code tag} is the tag of {@code message}, compared in constant time. */
  public static boolean verify(SecretBytes key, Bytes message, Bytes tag) {
    return verify(key, message, tag, Sha256.SIZE);
  }

  /**
   * Whether {@code tag} is the first {@code size} bytes of the tag. Talos never cuts one off.
   *
   * <p>Source: RFC 2104 §5.
   */
  static boolean verify(SecretBytes key, Bytes message, Bytes tag, int size) {
    return MessageDigest.isEqual(tag(key, message).slice(0, size).toArray(), tag.toArray());
  }

  /** A ready MAC; a key of no bytes is allowed, as HKDF's empty salt needs. */
  static Mac mac(byte[] key) {
    Check.atMost(key.length, 1 << 16, "the key's size");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // JCA refuses an empty key; one zero byte is the same key after HMAC's padding.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
