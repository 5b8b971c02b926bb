package io.talos.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.IntConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks archives. No entry, and no link, can reach outside the target folder; entries and bytes
 * are bounded by {@link Limits}.
 */
final class Archives {
  private static final int EXECUTABLE = 0111;

  private Archives() {}

  /** Unpacks a .txz with its symbolic links and executable bits. */
  static void tarXz(InputStream archive, Path target) throws IOException {
    var budget = new Budget();
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive, 1 << 16)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        budget.take(entry.getSize());
        unpack(tar, entry, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    var path = inside(target, entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(Folders.parent(path));
    if (entry.isSymbolicLink()) {
      var link = Path.of(entry.getLinkName());
      inside(target, target.relativize(path.resolveSibling(link)).toString());
      Files.createSymbolicLink(path, link);
      return;
    }
    if (!entry.isFile()) {
      throw new IOException(
          "the archive holds "
              + entry.getName()
              + ", which is neither a file, a folder nor a symbolic link");
    }
    Files.copy(tar, path);
    if ((entry.getMode() & EXECUTABLE) != 0) {
      Folders.makeExecutable(path);
    }
  }

  /**
   * Unpacks a .zip with its executable bits; {@code percent} hears each full percent once, from 1
   * to 100.
   */
  static void zip(Path archive, Path target, IntConsumer percent) throws IOException {
    var budget = new Budget();
    try (var zip = ZipFile.builder().setPath(archive).get()) {
      var entries = Collections.list(zip.getEntries());
      long total = Math.max(1, entries.stream().mapToLong(ZipArchiveEntry::getSize).sum());
      long done = 0;
      int told = 0;
      for (var entry : entries) {
        budget.take(entry.getSize());
        unpack(zip, entry, target);
        done += entry.getSize();
        while (told < done * 100 / total) {
          percent.accept(++told);
        }
      }
    }
  }

  private static void unpack(ZipFile zip, ZipArchiveEntry entry, Path target) throws IOException {
    var path = inside(target, entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(Folders.parent(path));
    try (var content = zip.getInputStream(entry)) {
      Files.copy(content, path);
    }
    if ((entry.getUnixMode() & EXECUTABLE) != 0) {
      Folders.makeExecutable(path);
    }
  }

  /**
   * The place of an entry; an absolute name or one that climbs out of {@code target} is refused.
   */
  static Path inside(Path target, String name) throws IOException {
    var root = target.toAbsolutePath().normalize();
    var path = root.resolve(name).normalize();
    if (name.startsWith("/") || name.indexOf('\\') >= 0 || !path.startsWith(root)) {
      throw new IOException("the archive names a file outside its folder: " + name);
    }
    return path;
  }

  /** What one archive may still unpack. */
  private static final class Budget {
    private int entries = Limits.ENTRIES_PER_ARCHIVE;
    private long bytes = Limits.BYTES_PER_ARCHIVE;

    void take(long size) throws IOException {
      entries--;
      bytes -= Math.max(0, size);
      if (entries < 0 || bytes < 0) {
        throw new IOException("the archive is larger than the launcher unpacks");
      }
    }
  }
}
