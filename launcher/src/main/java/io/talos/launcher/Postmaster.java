package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server that a postmaster.pid names: line 1 is its pid, line 3 the second in which it began.
 *
 * <p>Source: PostgreSQL 18, src/include/utils/pidfile.h.
 */
record Postmaster(long pid, Instant started) {
  /**
   * Between fork and the writing of the file, on a very loaded machine: wide, because a live server
   * must never be taken for dead.
   */
  private static final Duration SLOW_START = Duration.ofMinutes(1);

  static Optional<Postmaster> of(Path dataFolder) {
    try {
      return parse(Files.readAllLines(dataFolder.resolve("postmaster.pid")));
    } catch (NoSuchFileException notRunning) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read postmaster.pid in " + dataFolder, failed);
    }
  }

  static Optional<Postmaster> parse(List<String> lines) {
    if (lines.size() < 3
        || !lines.get(0).strip().matches("-?[0-9]{1,18}")
        || !lines.get(2).strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    var pid = Math.abs(Long.parseLong(lines.get(0).strip())); // negative: a single-user session
    return Optional.of(
        new Postmaster(pid, Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()))));
  }

  /** The process, when it is alive and still that server; a reused pid is not found. */
  Optional<ProcessHandle> find() {
    var mark = new ProcessMark("postgres", pid, started, List.of("postgres"));
    return ProcessHandle.of(pid)
        .filter(ProcessMark::isAlive)
        .filter(
            process ->
                mark.describes(
                    process.info().startInstant(), process.info().command(), SLOW_START));
  }
}
