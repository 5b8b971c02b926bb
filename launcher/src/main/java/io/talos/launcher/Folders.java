package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole folders: copy, mirror, delete. Symbolic links are never followed. */
final class Folders {
  private Folders() {}

  static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new LaunchFailed(
          "The folder %s cannot be created: %s".formatted(folder, failed), failed);
    }
  }

  /** Copies a folder with its permissions and times; the target must not exist. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return copied(folder);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return copied(file);
          }

          private FileVisitResult copied(Path path) throws IOException {
            Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Makes {@code to} hold what {@code from} holds. A file that is equal already is left alone, with
   * its time, so that the server's caches stay valid; what is not in {@code from} goes, except the
   * names in {@code kept}.
   */
  static void mirror(Path from, Path to, Set<String> kept) {
    create(to);
    try (var sources = Files.walk(from)) {
      for (var source : sources.filter(Files::isRegularFile).toList()) {
        copyIfDifferent(source, to.resolve(from.relativize(source)));
      }
      deleteStrangers(from, to, kept);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot copy " + from + " to " + to, failed);
    }
  }

  /** Whether {@code target} is there and holds the same bytes. */
  static boolean same(Path source, Path target) throws IOException {
    return Files.isRegularFile(target) && Files.mismatch(source, target) == -1;
  }

  static void copyIfDifferent(Path source, Path target) throws IOException {
    if (same(source, target)) {
      return;
    }
    Files.createDirectories(parent(target));
    // A rename, because the server may look at the target at any moment.
    var fresh = target.resolveSibling(target.getFileName() + ".new");
    Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void deleteStrangers(Path from, Path to, Set<String> kept) throws IOException {
    try (var targets = Files.walk(to)) {
      for (var target : targets.filter(Files::isRegularFile).toList()) {
        var relative = to.relativize(target);
        if (!kept.contains(relative.getName(0).toString())
            && !Files.exists(from.resolve(relative))) {
          Files.delete(target);
        }
      }
    }
  }

  /** Deletes a folder and all that is in it; nothing happens when it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void makeExecutable(Path file) throws IOException {
    var permissions = Files.getPosixFilePermissions(file);
    permissions.add(PosixFilePermission.OWNER_EXECUTE);
    permissions.add(PosixFilePermission.GROUP_EXECUTE);
    permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(file, permissions);
  }

  static Path parent(Path path) {
    var parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent");
    }
    return parent;
  }
}
