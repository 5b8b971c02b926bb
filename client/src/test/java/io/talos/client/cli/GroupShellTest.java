package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.ScriptedServer;
import io.talos.client.TalosClient;
import io.talos.contracts.crypto.Randomness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever the server says or the person types, the shell goes on and the terminal is safe. */
class GroupShellTest {
  private static String typed(String lines) throws IOException {
    StringWriter printed = new StringWriter();
    byte[] problem =
        """
        {"code": "A2A_GROUP_NOT_FOUND", "title": "gone\\u001b[2J", "status": 404}\
        """
            .getBytes(StandardCharsets.UTF_8);
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.getResponseHeaders().add("content-type", "application/problem+json");
              exchange.sendResponseHeaders(404, problem.length);
              exchange.getResponseBody().write(problem);
            })) {
      Identity identity = Identity.generate(Randomness.secure());
      new GroupShell(
              new TalosClient(server.uri()).agent(identity).groups(), new PrintWriter(printed))
          .run(new BufferedReader(new StringReader(lines)));
    }
    return printed.toString();
  }

  @Test
  void a_refusal_is_printed_without_what_moves_the_cursor() throws IOException {
    assertThat(typed("create friends\n"))
        .contains("! A2A_GROUP_NOT_FOUND: gone?[2J")
        .doesNotContain("\u001b");
  }

  @Test
  void nonsense_is_answered_and_the_next_line_is_read() throws IOException {
    assertThat(typed("dance\nadd\njoin nowhere\n\nhelp\nquit\ncreate after\n"))
        .contains("no group, or no command")
        .doesNotContain("A2A_GROUP_NOT_FOUND");
  }
}
