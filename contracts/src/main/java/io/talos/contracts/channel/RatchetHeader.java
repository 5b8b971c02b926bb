package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.ByteBuffer;

/**
 * Where a message stands in its channel.
 *
 * <p>In the suites of version 2 it is written in {@value #SIZE} bytes, one form only:
 *
 * <pre>
 * 0x02 || ratchet key (32) || previous count (4, big-endian) || number (4, big-endian)
 * </pre>
 *
 * Both counts are at most {@value Limits#MESSAGE_NUMBER_MAX}.
 *
 * @param ratchetKey the sender's current X25519 ratchet key, 32 bytes
 * @param previousCount how many messages the sender sent in its chain before (1.x: {@code pn})
 * @param number the message's number in the current chain, from 0 (1.x: {@code n})
 */
public record RatchetHeader(Bytes ratchetKey, int previousCount, int number) {
  /** Bytes of a header. */
  public static final int SIZE = 1 + X25519.SIZE + 2 * Integer.BYTES;

  private static final byte VERSION = 2;

  /** Checks size and counts. */
  public RatchetHeader {
    Check.that(ratchetKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    Check.that(previousCount >= 0 && number >= 0, "no count is negative");
    Check.atMost(number, Limits.MESSAGE_NUMBER_MAX, "the number");
  }

  /** The one form in bytes. */
  public Bytes encode() {
    return Bytes.of(
        ByteBuffer.allocate(SIZE)
            .put(VERSION)
            .put(ratchetKey.toArray())
            .putInt(previousCount)
            .putInt(number)
            .array());
  }

  /**
   * Reads the form in bytes.
   *
   * @throws TalosException {@link ErrorCode#RATCHET_INVALID_HEADER} on anything else
   */
  public static RatchetHeader decode(Bytes encoded) {
    if (encoded.size() != SIZE) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "another size");
    }
    ByteBuffer buffer = ByteBuffer.wrap(encoded.toArray());
    byte version = buffer.get();
    byte[] key = new byte[X25519.SIZE];
    buffer.get(key);
    int previousCount = buffer.getInt();
    int number = buffer.getInt();
    if (version != VERSION || previousCount < 0 || number < 0 || number == Integer.MAX_VALUE) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "outside its bounds");
    }
    return new RatchetHeader(Bytes.of(key), previousCount, number);
  }
}
