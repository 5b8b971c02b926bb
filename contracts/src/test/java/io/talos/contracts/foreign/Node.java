package io.talos.contracts.foreign;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the JavaScript verifier in {@code contracts/verifier-js}, for at most ten minutes at a time.
 */
record Node(Path executable, Path verifier) {
  private static final int OLDEST = 18;
  private static final long MINUTES_MAX = 10;

  /** What a run printed, and how it ended. */
  record Run(int exitCode, String output) {}

  /** The first node on the PATH, where it is new enough. */
  static Optional<Node> onThePath(Path verifier) throws IOException, InterruptedException {
    for (Path executable : executables()) {
      Node node = new Node(executable, verifier);
      if (node.isNewEnough()) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private static List<Path> executables() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> List.of(Path.of(folder, "node"), Path.of(folder, "node.exe")).stream())
        .filter(Files::isExecutable)
        .toList();
  }

  private boolean isNewEnough() throws IOException, InterruptedException {
    String major = run("-p", "process.versions.node.split('.')[0]").output().strip();
    return major.matches("[0-9]{1,4}") && Integer.parseInt(major) >= OLDEST;
  }

  /** Runs node in the verifier's folder. */
  Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("talos-node", ".txt");
    try {
      return new Run(exitCode(command, output), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  private int exitCode(List<String> command, Path output) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(verifier.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IOException("node did not end: " + command + "\n" + Files.readString(output));
    }
    return process.exitValue();
  }
}
