package io.talos.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder that is filled once and is then either whole or absent: it is filled under another name
 * and renamed. Several launchers, in one JVM or in many, may ask at the same time; one fills, the
 * others wait.
 */
final class UnpackOnce {
  /** Fills an empty folder. */
  interface Filling {
    void into(Path folder) throws IOException;
  }

  private UnpackOnce() {}

  /** The folder, filled. */
  static Path folder(Path folder, Filling filling) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Folders.create(Folders.parent(folder));
    var lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (var channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = waitFor(channel)) {
      if (lock.isValid() && !Files.isDirectory(folder)) {
        fill(folder, filling);
      }
      return folder;
    } catch (IOException failed) {
      throw new LaunchFailed("Unpacking into %s failed: %s".formatted(folder, failed), failed);
    }
  }

  private static void fill(Path folder, Filling filling) throws IOException {
    var unfinished = folder.resolveSibling(folder.getFileName() + ".unpacking");
    Folders.delete(unfinished); // a launcher that was killed while it unpacked left it
    Files.createDirectories(unfinished);
    filling.into(unfinished);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileLock waitFor(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException anotherThreadUnpacks) {
        Waiting.pause();
      }
    }
  }
}
