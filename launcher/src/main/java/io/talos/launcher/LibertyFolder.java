package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of one server: the unpacked Open Liberty, which all servers share, and this server's
 * own user and output folders.
 *
 * @param installation the {@code wlp} folder, never written to
 * @param user what WLP_USER_DIR names
 * @param output what WLP_OUTPUT_DIR names: caches, key store, logs
 */
record LibertyFolder(Path installation, Path user, Path output) {
  static final String SERVER = "talos";
  private static final Set<String> OURS = Set.of("apps", "jvm.options");

  /**
   * Unpacks Open Liberty where needed and brings the server's files up to date; unchanged files
   * keep their time.
   */
  static LibertyFolder prepare(StackSettings settings, Path folder, Consumer<String> progress) {
    var parts = settings.liberty();
    parts.requirePresent();
    var installation = installation(settings, progress);
    var user = folder.resolve("usr");
    var server = user.resolve("servers").resolve(SERVER);
    try {
      Folders.mirror(parts.config(), server, OURS);
      bringApplication(parts.ear(), server.resolve("apps").resolve("talos.ear"), folder);
      Files.write(server.resolve("jvm.options"), jvmOptions(settings));
      var jdbc = user.resolve("shared").resolve("resources").resolve("jdbc");
      var driver = jdbc.resolve(String.valueOf(parts.jdbc().getFileName()));
      Folders.copyIfDifferent(parts.jdbc(), driver);
      deleteOtherDrivers(jdbc, driver);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot prepare " + server, failed);
    }
    return new LibertyFolder(installation, user, Folders.create(outputOf(folder)));
  }

  private static Path outputOf(Path folder) {
    return folder.resolve("output");
  }

  /**
   * A new application comes with an empty work area. Liberty keeps the archives that it unpacked of
   * the old one and tells them apart by time only, but a reproducible build gives all of them the
   * same: the server would run the old code. Emptied first, so that a start that was cut short does
   * it again.
   */
  private static void bringApplication(Path ear, Path target, Path folder) throws IOException {
    if (Folders.same(ear, target)) {
      return;
    }
    Folders.delete(outputOf(folder).resolve(SERVER).resolve("workarea"));
    Folders.copyIfDifferent(ear, target);
  }

  /** The {@code wlp} folder that all servers share, unpacked where needed. */
  static Path installation(StackSettings settings, Consumer<String> progress) {
    var zip = settings.liberty().zip();
    var version = String.valueOf(zip.getFileName()).replaceAll("^openliberty-runtime-|\\.zip$", "");
    var unpacked =
        UnpackOnce.folder(
            settings.cache().resolve("liberty-" + version),
            target -> {
              progress.accept(
                  "Unpacking Open Liberty %s (once, about 400 MB) …".formatted(version));
              Archives.zip(zip, target, percent -> tell(percent, progress));
            });
    return unpacked.resolve("wlp");
  }

  private static void tell(int percent, Consumer<String> progress) {
    if (percent % 10 == 0) {
      progress.accept("  %d %%".formatted(percent));
    }
  }

  /** The project's own options come first, so that the settings of this run win. */
  private static List<String> jvmOptions(StackSettings settings) throws IOException {
    var lines = new ArrayList<String>();
    var own = settings.liberty().config().resolve("jvm.options");
    if (Files.exists(own)) {
      lines.addAll(Files.readAllLines(own));
    }
    lines.add("-Xmx" + settings.libertyMemory());
    if (!settings.libertyOptimize()) {
      lines.add("-XX:+UseSerialGC");
      lines.add("-XX:TieredStopAtLevel=1");
    }
    return lines;
  }

  private static void deleteOtherDrivers(Path folder, Path kept) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.filter(file -> !file.equals(kept)).toList()) {
        Files.delete(file);
      }
    }
  }
}
