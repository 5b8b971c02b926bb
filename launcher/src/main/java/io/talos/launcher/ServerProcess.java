package io.talos.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The child process of one server: at most one at a time. Thread safe. */
final class ServerProcess {
  private final String name;
  private final List<String> programs;
  private final StackFile stackFile;
  private @Nullable ProcessHandle process;

  /**
   * Nothing runs yet.
   *
   * @param name what it is in the stack
   * @param programs file names of the programs that it may be running; see {@link ProcessMark}
   */
  ServerProcess(String name, List<String> programs, StackFile stackFile) {
    this.name = name;
    this.programs = programs;
    this.stackFile = stackFile;
  }

  /** Starts the server and notes it in the stack file; what still runs must have been stopped. */
  synchronized void start(
      List<String> command, Map<String, String> environment, Path folder, Path log) {
    if (isRunning()) {
      throw new IllegalStateException(name + " runs already");
    }
    var started = ChildProcess.server(command, environment, folder, log).toHandle();
    process = started;
    stackFile.started(ProcessMark.of(name, started, programs));
  }

  /** Asks the server to end and returns when it has; kills it after {@link Limits#STOP_GRACE}. */
  synchronized void stop() {
    if (process != null && isRunning()) {
      ProcessMark.end(process);
    }
  }

  /** Ends the server as a power cut would, and returns when it is gone. */
  synchronized void kill() {
    if (process != null && isRunning()) {
      ProcessMark.kill(process);
    }
  }

  synchronized boolean isRunning() {
    return process != null && ProcessMark.isAlive(process);
  }

  synchronized OptionalLong pid() {
    return process != null && isRunning() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
  }
}
