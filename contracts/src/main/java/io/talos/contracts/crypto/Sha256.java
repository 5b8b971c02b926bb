package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256.
 *
 * <p>Source: FIPS 180-4.
 */
public final class Sha256 {
  /** Digest length in bytes. */
  public static final int SIZE = 32;

  private Sha256() {}

  /** The digest of {@code parts}, one after the other. */
  public static Bytes of(Bytes... parts) {
    MessageDigest digest = digest();
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return Bytes.of(digest.digest());
  }

  /** The digest of {@code parts} in lower-case hex. */
  public static String hex(Bytes... parts) {
    return of(parts).hex();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
