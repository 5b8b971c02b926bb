package io.talos.client.cli;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that must be small. */
final class SmallFile {
  /** Largest file in bytes. */
  static final int BYTES_MAX = 1 << 20;

  private SmallFile() {}

  /**
   * The file's bytes.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when it cannot be read or is
   *     larger than {@value #BYTES_MAX} bytes
   */
  static Bytes read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, file + " is too large");
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
  }
}
