package io.talos.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts programs. A server gets a session of its own where the system has {@code setsid}: Ctrl-C
 * in the terminal then reaches only the launcher, which stops the servers in the right order.
 */
final class ChildProcess {
  private static final Optional<String> SETSID = onPath("setsid");

  /** What a short command said and how it ended. */
  record Finished(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private ChildProcess() {}

  /**
   * Starts a server whose output is appended to {@code log}. Its pid is the server's, whatever
   * scripts stand before it.
   */
  static Process server(
      List<String> command, Map<String, String> environment, Path folder, Path log) {
    var whole = new ArrayList<String>();
    SETSID.ifPresent(whole::add);
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new LaunchFailed(
          "%s cannot be started: %s".formatted(command.get(0), failed.getMessage()), failed);
    }
  }

  /**
   * Runs a command that ends soon; its output goes through a file, because a server that it leaves
   * behind would hold a pipe open.
   */
  static Finished run(List<String> command, Path folder) {
    try {
      var output = Files.createTempFile(folder, "command", ".out");
      try {
        var process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(Limits.SHORT_COMMAND.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return new Finished(-1, "no end after " + Limits.SHORT_COMMAND.toSeconds() + " s");
        }
        return new Finished(process.exitValue(), Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException notThere) {
      return new Finished(-1, String.valueOf(notThere.getMessage()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Finished(-1, "interrupted");
    }
  }

  private static Optional<String> onPath(String program) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
