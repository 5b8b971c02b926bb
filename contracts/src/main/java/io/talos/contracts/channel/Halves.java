package io.talos.contracts.channel;

import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import java.util.Arrays;

/** Two 32-byte keys that were derived as one. */
record Halves(SecretBytes first, SecretBytes second) {
  private static final int SIZE = 32;

  static Halves of(SecretBytes both) {
    Check.that(both.size() == 2 * SIZE, "both halves have 32 bytes");
    byte[] clear = both.reveal();
    byte[] first = Arrays.copyOfRange(clear, 0, SIZE);
    byte[] second = Arrays.copyOfRange(clear, SIZE, 2 * SIZE);
    try {
      return new Halves(SecretBytes.of(first), SecretBytes.of(second));
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }
}
