package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The {@code sh} blocks of a page of the documentation, run as they stand, one after the other. */
final class PageScript {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final long SECONDS_MAX = 180;

  private PageScript() {}

  /** Whether {@code tool} can be run here. */
  static boolean isThere(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, tool.equals("openssl") ? "version" : "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs {@code page} in {@code folder}; what it said. */
  static String run(String page, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(page, folder, environment, block -> true);
  }

  /** Runs those blocks of {@code page} that are wanted. */
  static String run(
      String page, Path folder, Map<String, String> environment, Predicate<String> wanted)
      throws IOException, InterruptedException {
    String script =
        BLOCK
            .matcher(Files.readString(Path.of(System.getProperty("talos.root"), page)))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```sh\n".length(), block.length() - 3))
            .filter(wanted)
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("page.sh"), "set -e\n" + script);
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "page.sh")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Each command is over before the better of the two compilers has paid for itself.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
