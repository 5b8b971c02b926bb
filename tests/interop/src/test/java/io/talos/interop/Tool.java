package io.talos.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine, for at most five minutes. */
final class Tool {
  private static final long MINUTES_MAX = 5;

  private Tool() {}

  /** What a run printed, and how it ended. */
  record Run(int exitCode, String output) {}

  /** Whether the program is there and this call of it succeeds. */
  static boolean works(Path folder, Map<String, String> environment, String... command)
      throws InterruptedException {
    try {
      return run(folder, environment, command).exitCode == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static Run run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("talos-interop", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new IOException(command[0] + " did not end\n" + Files.readString(output));
      }
      return new Run(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
