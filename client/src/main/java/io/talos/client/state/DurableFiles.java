package io.talos.client.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that only their owner may read, and that are whole after a crash. */
final class DurableFiles {
  private DurableFiles() {}

  /** Puts {@code content} into {@code file}: after a crash the old or the new is there, whole. */
  static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out = open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(out, content, 0);
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncParent(file);
  }

  static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), only(file, "rw-------"));
  }

  static void writeAll(FileChannel out, byte[] content, long position) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    long at = position;
    while (rest.hasRemaining()) {
      at += out.write(rest, at);
    }
  }

  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, only(folder, "rwx------"));
      syncParent(folder);
    }
  }

  /** Makes the name of {@code file} last. */
  static void syncParent(Path file) throws IOException {
    @Nullable Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes a new, renamed or deleted name last; where folders cannot be opened, it does already. */
  static void sync(Path folder) throws IOException {
    if (isPosix(folder)) {
      try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
        open.force(true);
      }
    }
  }

  private static FileAttribute<?>[] only(Path file, String mode) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
