package io.talos.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What identifies a process beyond its pid, which the system gives to another process some day:
 * when it began and which program it runs.
 *
 * @param name what it is in the stack
 * @param started from the process table
 * @param programs file names of the programs it may be running; more than one where a shell script
 *     becomes the server by exec
 */
record ProcessMark(String name, long pid, Instant started, List<String> programs) {
  ProcessMark {
    programs = List.copyOf(programs);
  }

  static ProcessMark of(String name, ProcessHandle process, List<String> programs) {
    return new ProcessMark(
        name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH), programs);
  }

  /** The process, when it is alive and still the one that was marked. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessMark::isAlive)
        .filter(
            process ->
                describes(
                    process.info().startInstant(),
                    process.info().command(),
                    Limits.START_TIME_SKEW));
  }

  /**
   * Whether a live process with this pid is the marked one. An unknown start time never matches; an
   * unknown command (another user's process) is decided by the start time alone.
   */
  boolean describes(Optional<Instant> start, Optional<String> command, Duration skew) {
    var sameStart =
        start
            .filter(instant -> Duration.between(instant, started).abs().compareTo(skew) <= 0)
            .isPresent();
    return sameStart && command.map(ProcessMark::fileName).map(programs::contains).orElse(true);
  }

  private static String fileName(String command) {
    return String.valueOf(Path.of(command).getFileName());
  }

  /**
   * Whether the process can still do anything. The JDK calls a process alive that has ended and
   * that its parent has not yet asked about; in a container whose first process never asks, that
   * would be for ever.
   *
   * <p>Source: proc(5), /proc/pid/stat, field 3.
   */
  static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      var status =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
      var state = status.charAt(status.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException noSuchFile) {
      return process.isAlive(); // it ended just now, or this system has no /proc
    }
  }

  /** Asks the process to end, and kills it when it has not after {@link Limits#STOP_GRACE}. */
  static void end(ProcessHandle process) {
    end(process, Limits.STOP_GRACE);
  }

  static void end(ProcessHandle process, Duration grace) {
    process.destroy();
    if (!Waiting.until(grace, () -> !isAlive(process))) {
      kill(process);
    }
  }

  /** Kills the process and returns when it is gone. */
  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    if (!Waiting.until(Limits.KILLED, () -> !isAlive(process))) {
      throw new LaunchFailed("Process %d does not end; end it by hand.".formatted(process.pid()));
    }
  }
}
