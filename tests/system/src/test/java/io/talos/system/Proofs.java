package io.talos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Writes down what a long run ({@code -Pproof}) counted: one page a day in {@code docs/proofs},
 * headed by commit and machine, one row for each number. Without the profile nothing is written.
 */
final class Proofs {
  private static final int COMMIT_CHARACTERS_MAX = 64;

  private Proofs() {}

  /** Adds a row; the test has passed when it calls this. */
  static synchronized void tell(String what, long count) {
    if (!Counts.isProof()) {
      return;
    }
    Path root = Path.of(System.getProperty("talos.root"));
    LocalDate today = LocalDate.now(Clock.system(ZoneOffset.UTC));
    Path page = root.resolve("docs").resolve("proofs").resolve(today + "-system.md");
    try {
      Files.createDirectories(page.getParent());
      if (!Files.exists(page)) {
        Files.writeString(page, head(root, today));
      }
      Files.writeString(page, "| %s | %,d |%n".formatted(what, count), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(Path root, LocalDate today) {
    return """
    # Long counts of the system tests, %s

    `mvn -Pproof verify` on commit `%s`; %d processors, %s on %s. Keys, nonces and ids are drawn at random, so there is no seed to repeat.
    A row is written when its test has passed.

    | what | counted |
    |---|---|
    """
        .formatted(
            today,
            commit(root),
            Runtime.getRuntime().availableProcessors(),
            "Java " + Runtime.version(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static String commit(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .directory(root.toFile())
              .redirectErrorStream(true)
              .start();
      byte[] answer = git.getInputStream().readNBytes(COMMIT_CHARACTERS_MAX);
      String text = new String(answer, StandardCharsets.US_ASCII).strip();
      return text.matches("[0-9a-f]{40,64}") ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
