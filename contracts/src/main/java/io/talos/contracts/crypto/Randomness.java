package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Where all chance comes from. Injected, so that a test can play a recorded run again; in the
 * product it is always {@link #secure()}.
 */
@FunctionalInterface
public interface Randomness {
  /** Fills {@code target} with unpredictable bytes. */
  void fill(byte[] target);

  /** The operating system's generator. Thread safe. */
  static Randomness secure() {
    SecureRandom random = new SecureRandom();
    return random::nextBytes;
  }

  /** {@code size} unpredictable bytes. */
  default Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    fill(bytes);
    return Bytes.of(bytes);
  }

  /** Eight unpredictable bytes as a number. */
  default long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    fill(bytes);
    return ByteBuffer.wrap(bytes).getLong();
  }
}
