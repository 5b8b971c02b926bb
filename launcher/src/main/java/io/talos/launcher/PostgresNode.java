package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** One PostgreSQL server on one data folder, which exists already. */
final class PostgresNode {
  private final String name;
  private final Path folder;
  private final PostgresBinaries binaries;
  private final LogFile log;
  private final StackFile stackFile;

  PostgresNode(String name, Path folder, PostgresBinaries binaries, StackFile stackFile) {
    this.name = name;
    this.folder = folder;
    this.binaries = binaries;
    this.log = new LogFile(folder.resolve("server.log"));
    this.stackFile = stackFile;
  }

  /**
   * Starts with this configuration, which replaces any earlier one, and returns when the server
   * takes connections.
   */
  void start(Map<String, String> configuration) {
    if (isRunning()) {
      return;
    }
    var from = log.beginRun();
    prepare(configuration);
    var seconds = Long.toString(Limits.POSTGRES_READY.toSeconds());
    var started =
        binaries.run(
            folder,
            "pg_ctl",
            "-D",
            folder.toString(),
            "-l",
            log.path().toString(),
            "-w",
            "-t",
            seconds,
            "start");
    if (!started.succeeded()) {
      throw new LaunchFailed(
          "PostgreSQL (%s) did not start: %s%n%s%n  whole log: %s"
              .formatted(name, lastLine(started.output()), log.trouble(from), log.path()));
    }
    Postmaster.of(folder)
        .flatMap(Postmaster::find)
        .ifPresent(
            process ->
                stackFile.started(
                    ProcessMark.of("postgres-" + name, process, List.of("postgres"))));
  }

  private void prepare(Map<String, String> configuration) {
    try {
      // Not running, so a file left by a crash may be there; its pid may by now belong to a
      // stranger, whom PostgreSQL would respect.
      Files.deleteIfExists(folder.resolve("postmaster.pid"));
      OwnerOnly.write(folder.resolve("postgresql.auto.conf"), text(configuration));
      binaries.handOver(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot prepare " + folder, failed);
    }
  }

  private static String text(Map<String, String> configuration) {
    return configuration.entrySet().stream()
        .map(entry -> entry.getKey() + " = '" + entry.getValue().replace("'", "''") + "'\n")
        .sorted()
        .collect(Collectors.joining());
  }

  /** Ends the server with a checkpoint; sessions are cut. Nothing happens when it does not run. */
  void stop() {
    var process = Postmaster.of(folder).flatMap(Postmaster::find);
    if (process.isEmpty()) {
      return;
    }
    var seconds = Long.toString(Limits.STOP_GRACE.toSeconds());
    binaries.run(
        folder, "pg_ctl", "-D", folder.toString(), "-m", "fast", "-w", "-t", seconds, "stop");
    if (ProcessMark.isAlive(process.get())) {
      kill();
    }
  }

  /**
   * Ends the server as a power cut would: no checkpoint, no farewell. Returns when all of its
   * processes are gone.
   */
  void kill() {
    Postmaster.of(folder)
        .flatMap(Postmaster::find)
        .ifPresent(
            postmaster -> {
              var all = postmaster.descendants().toList();
              ProcessMark.kill(postmaster);
              // Its children notice by themselves; until they have, the folder cannot be started
              // again.
              all.forEach(ProcessMark::kill);
            });
  }

  /** Makes a replica a primary and returns when it takes writes. */
  void promote() {
    var promoted = binaries.run(folder, "pg_ctl", "-D", folder.toString(), "-w", "promote");
    if (!promoted.succeeded()) {
      throw new LaunchFailed(
          "PostgreSQL (%s) was not promoted: %s".formatted(name, lastLine(promoted.output())));
    }
  }

  boolean isRunning() {
    return pid().isPresent();
  }

  OptionalLong pid() {
    return Postmaster.of(folder).flatMap(Postmaster::find).stream()
        .mapToLong(ProcessHandle::pid)
        .findFirst();
  }

  private static String lastLine(String output) {
    return output.lines().reduce((earlier, later) -> later).orElse("no output");
  }
}
