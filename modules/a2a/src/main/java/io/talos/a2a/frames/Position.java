package io.talos.a2a.frames;

import io.talos.contracts.Bytes;
import java.nio.ByteBuffer;

/** A place as bytes: eight, big-endian. */
final class Position {
  static final int SIZE = Long.BYTES;

  private Position() {}

  static Bytes bytes(long position) {
    return Bytes.of(ByteBuffer.allocate(SIZE).putLong(position).array());
  }

  static long of(Bytes bytes) {
    return bytes.longAt(0);
  }
}
