package io.talos.client.state;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How often a sealed file was written, in a file beside it. Two places are written in turn, so that
 * a crash spoils one of them at most; each carries an authenticator.
 */
final class RollbackCounter {
  /** The counter of a file that was removed: every copy of it is older. */
  static final long REMOVED = Long.MAX_VALUE;

  private static final int SLOT_SIZE = Long.BYTES + Sha256.SIZE;
  // A sector each, so that one write never touches both.
  private static final int SLOT_DISTANCE = 4096;
  private static final Bytes LABEL = Bytes.utf8("talos:state-counter:v1\n");

  private final Path file;
  private final SecretBytes key;

  RollbackCounter(Path file, SecretBytes key) {
    this.file = file;
    this.key = key;
  }

  /**
   * The counter; empty when the file was never counted.
   *
   * @throws TalosException {@link ErrorCode#DECRYPT_FAILED} when neither place is genuine
   */
  OptionalLong value() throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      Optional<Long> newest = newest(slot(in, 0), slot(in, 1));
      return OptionalLong.of(
          newest.orElseThrow(
              () -> new TalosException(ErrorCode.DECRYPT_FAILED, file + " is not genuine")));
    }
  }

  /** Lasts when it returns. */
  void set(long value) throws IOException {
    boolean created = !Files.exists(file);
    try (FileChannel out =
        DurableFiles.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Optional<Long> first = slot(out, 0);
      boolean overFirst =
          first.isEmpty() || slot(out, 1).filter(second -> second > first.get()).isPresent();
      byte[] encoded =
          ByteBuffer.allocate(SLOT_SIZE)
              .putLong(value)
              .put(HmacSha256.tag(key, counted(value)).toArray())
              .array();
      DurableFiles.writeAll(out, encoded, overFirst ? 0 : SLOT_DISTANCE);
      out.force(false);
    }
    if (created) {
      DurableFiles.syncParent(file);
    }
  }

  private static Optional<Long> newest(Optional<Long> one, Optional<Long> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return Optional.of(Math.max(one.get(), other.get()));
  }

  private Optional<Long> slot(FileChannel in, int number) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_SIZE);
    long at = (long) number * SLOT_DISTANCE;
    while (slot.hasRemaining()) {
      if (in.read(slot, at + slot.position()) < 0) {
        return Optional.empty();
      }
    }
    long value = slot.getLong(0);
    Bytes tag = Bytes.of(Arrays.copyOfRange(slot.array(), Long.BYTES, SLOT_SIZE));
    boolean genuine = HmacSha256.verify(key, counted(value), tag);
    return genuine ? Optional.of(value) : Optional.empty();
  }

  private Bytes counted(long value) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return LABEL.concat(Bytes.utf8(file.getFileName() + "\n"), Bytes.of(number));
  }
}
