package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;

/**
 * Hides how long a message is: only its bucket shows.
 *
 * <pre>
 * padded  = plaintext || 0x80 || 0x00 … up to the smallest bucket that holds plaintext and 0x80
 * buckets = 256, 1024, 4096, 16384, then every multiple of 65536 below 1048560, and 1048560 itself
 * </pre>
 *
 * <p>1,048,560 bytes and a tag are the largest ciphertext. Every plaintext has one padded form, and
 * every other form is refused.
 *
 * <p>Source: ISO/IEC 7816-4 §9.2 (the marker).
 */
final class Padding {
  private static final int[] SMALL = {256, 1024, 4096, 16384};
  private static final int STEP = 65536;
  private static final byte MARKER = (byte) 0x80;

  private Padding() {}

  static SecretBytes pad(Bytes plaintext) {
    byte[] clear = plaintext.toArray();
    byte[] padded = Arrays.copyOf(clear, bucket(clear.length));
    padded[clear.length] = MARKER;
    try {
      return SecretBytes.of(padded);
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(padded, (byte) 0);
    }
  }

  /**
   * The plaintext of a padded form.
   *
   * @throws TalosException {@link ErrorCode#RATCHET_AUTH_FAILED} on anything else
   */
  static Bytes unpad(SecretBytes padded) {
    byte[] clear = padded.reveal();
    try {
      int end = clear.length - 1;
      while (end >= 0 && clear[end] == 0) {
        end--;
      }
      if (end < 0
          || end > Limits.PLAINTEXT_BYTES_MAX
          || clear[end] != MARKER
          || bucket(end) != clear.length) {
        throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "not a padded plaintext");
      }
      return Bytes.of(Arrays.copyOf(clear, end));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** The size of the padded form of a plaintext of {@code size} bytes. */
  static int bucket(int size) {
    Check.atMost(size, Limits.PLAINTEXT_BYTES_MAX, "the plaintext's size");
    for (int small : SMALL) {
      if (size < small) {
        return small;
      }
    }
    return Math.min((size / STEP + 1) * STEP, Limits.PADDED_BYTES_MAX);
  }
}
