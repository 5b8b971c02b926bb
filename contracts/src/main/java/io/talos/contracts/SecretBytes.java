package io.talos.contracts;

import io.talos.contracts.crypto.ConstantTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Key material or another secret: never printed, compared in constant time, wiped on {@link
 * #close()}.
 *
 * <p>Wiping is best effort, as far as Java allows: copies made by {@link #reveal()} are the
 * caller's to wipe. Using a wiped secret throws {@link IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] value;
  private volatile boolean wiped;

  private SecretBytes(byte[] value) {
    this.value = value;
  }

  /** Copies {@code value}; wiping the original stays with the caller. */
  public static SecretBytes of(byte... value) {
    return new SecretBytes(value.clone());
  }

  /** The UTF-8 form of {@code text}. */
  public static SecretBytes utf8(String text) {
    return new SecretBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A fresh copy in the clear. Search for this name to find every place a secret is opened. */
  public byte[] reveal() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return value.clone();
  }

  /** How many bytes there are. */
  public int size() {
    return value.length;
  }

  @Override
  public void close() {
    wiped = true;
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes secret && ConstantTime.equal(value, secret.value);
  }

  /** A constant, so that no hash table reveals anything of the secret. */
  @Override
  public int hashCode() {
    return SecretBytes.class.hashCode();
  }

  @Override
  public String toString() {
    return "SecretBytes[redacted]";
  }
}
