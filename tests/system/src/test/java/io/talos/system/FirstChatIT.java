package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for newcomers who want to talk says what is true: its blocks are run as they stand. */
@OnTheStack
class FirstChatIT {
  private final Stack stack;
  @TempDir Path folder;

  FirstChatIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  void two_agents_talk_across_restarts_and_the_disk_and_the_server_hold_no_word_of_it()
      throws IOException, InterruptedException {
    assumeTrue(PageScript.isThere("bash") && PageScript.isThere("awk"), "the tools are there");
    Path jar =
        Path.of(System.getProperty("talos.root"), "client/target/talos-client-2.0.0-SNAPSHOT.jar");

    String said =
        PageScript.run(
            "docs/start/first-chat.md",
            folder,
            Map.of("SERVER", stack.baseUri().toString(), "TALOS_JAR", jar.toString()));

    assertThat(said.lines().filter(line -> line.startsWith("> ")))
        .containsExactly("> Good morning, Alice.", "> Good morning, Bob.", "> How are you?");
    assertThat(said).contains("(kept, not sent yet: A2A_SESSION_STATE_INVALID)");
    assertThat(said.lines().reduce((before, last) -> last)).contains("Closed.");
    String session =
        said.lines()
            .filter(line -> line.startsWith("Session "))
            .map(line -> line.substring("Session ".length(), "Session ".length() + 36))
            .findFirst()
            .orElseThrow();
    assertThat(stack.column("select state from a2a.session where id = '" + session + "'"))
        .containsExactly("closed");
    assertThat(sealedFilesThatHold("morning")).isEmpty();
  }

  private List<Path> sealedFilesThatHold(String word) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sealed"))
          .filter(file -> holds(file, word))
          .toList();
    }
  }

  private static boolean holds(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(word);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
