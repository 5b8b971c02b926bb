package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Tile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log in a folder, laid out as it is served: {@code checkpoint}, and {@code tile/…} as C2SP
 * tlog-tiles names them. With it everything can be verified again where there is no network.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} when a file cannot be read or written or
 * is larger than any tile.
 */
public final class LogFolder implements LogSource {
  private static final String CHECKPOINT = "checkpoint";

  private final Path folder;

  /** The log in {@code folder}. */
  public LogFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Bytes checkpoint() {
    return read(folder.resolve(CHECKPOINT));
  }

  @Override
  public Optional<Bytes> tile(Tile tile) {
    Path file = file(tile);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** The same source; what is read of it is kept in this folder. */
  public LogSource keeping(LogSource source) {
    return new LogSource() {
      @Override
      public Bytes checkpoint() {
        return write(folder.resolve(CHECKPOINT), source.checkpoint());
      }

      @Override
      public Optional<Bytes> tile(Tile tile) {
        return source.tile(tile).map(bytes -> write(file(tile), bytes));
      }
    };
  }

  private Path file(Tile tile) {
    return folder.resolve("tile").resolve(tile.path());
  }

  private static Bytes read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Limits.TILE_BYTES_MAX + 1);
      if (bytes.length > Limits.TILE_BYTES_MAX) {
        throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, file + " is too large");
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
  }

  private static Bytes write(Path file, Bytes bytes) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(file, bytes.toArray());
      return bytes;
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot write " + file, e);
    }
  }
}
