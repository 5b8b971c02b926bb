package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Limits;
import io.talos.contracts.log.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The newest checkpoint that this node knows, kept outside of the database, so that a database that
 * was set back cannot make the node forget what it published.
 *
 * @param path the file; its folder exists or can be made
 */
public record CheckpointFile(Path path) {

  /**
   * What the file holds; empty when there is no file.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when it holds no checkpoint, {@link
   *     ErrorCode#CONFIGURATION_INVALID} when it cannot be read
   */
  public Optional<Published> read() {
    try {
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      if (Files.size(path) > Limits.NOTE_BYTES_MAX) {
        throw new TalosException(ErrorCode.AUDIT_LOG_HALTED, "the checkpoint file is too large");
      }
      return Optional.of(Published.of(SignedNote.parse(Bytes.of(Files.readAllBytes(path)))));
    } catch (IOException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "cannot read the checkpoint file", e);
    } catch (TalosException e) {
      throw new TalosException(
          ErrorCode.AUDIT_LOG_HALTED, "the checkpoint file holds no checkpoint", e);
    }
  }

  /**
   * Replaces what the file holds; after a crash it holds the old or the new note, whole.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when it cannot be written
   */
  public void keep(Published published) {
    Path whole = path.toAbsolutePath();
    Path next = whole.resolveSibling(whole.getFileName() + ".next");
    try {
      Path folder = whole.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      write(next, published.note().encoded().getBytes(StandardCharsets.UTF_8));
      Files.move(next, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "cannot write the checkpoint file", e);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
