package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.schema.SchemaLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a watch remembers between its runs. After a crash the file holds the old or the new state,
 * whole.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} when the file cannot be read or written or
 * is of another log, {@link ErrorCode#PROOF_INVALID} when it holds no state.
 */
public final class WatchFile {
  private final Path path;

  /** The state in the file at {@code path}, which need not exist yet. */
  public WatchFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * What is remembered of the log that was watched under {@code log} first, or is now; nothing when
   * there is no file.
   */
  public Watched read(NoteKey log, Instant now) {
    return read(log).orElseGet(() -> Watched.nothing(log, now));
  }

  /** The same; empty when there is no file. */
  public Optional<Watched> read(NoteKey log) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Watched watched = read();
    if (!watched.log().equals(log) && !watched.given().equals(log)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, path + " is of another log");
    }
    return Optional.of(watched);
  }

  /** What is remembered of whatever log the file, which is there, is of. */
  public Watched read() {
    try (InputStream in = Files.newInputStream(path)) {
      return Watched.parse(
          Bytes.of(in.readNBytes(Limits.STATE_BYTES_MAX + 1)), new SchemaLibrary());
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + path, e);
    }
  }

  /** Replaces what the file holds. */
  public void keep(Watched watched) {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.writeString(next, watched.text());
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot write " + path, e);
    }
  }
}
