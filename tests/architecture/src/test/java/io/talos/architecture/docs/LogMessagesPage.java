package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** Prints {@code docs/operate/log-messages.md}. */
final class LogMessagesPage {
  private static final String SOURCE = "contracts/registry/log_messages.json";

  private static final String ABOUT =
      """
      Every message of Talos at INFO and above begins with its id. An ERROR wants somebody to get up: a bug, or lost integrity. A caller's mistake is never one.
      Logs are diagnosis and may be lost; what must not be lost is in the audit log. No message holds a key, a token or a personal datum. Words in braces are filled in.
      What Liberty, Postgres or Redis log themselves is not listed here.

      """;

  private LogMessagesPage() {}

  static Page of(Project project) {
    List<JsonObject> messages =
        project.registry("log_messages", "messages").stream()
            .sorted(Comparator.comparing((JsonObject message) -> message.getString("id")))
            .toList();
    Table table = new Table("id", "level", "what you see", "what to do");
    for (JsonObject message : messages) {
      table.row(
          Table.code(message.getString("id")),
          message.getString("level"),
          Table.words(message.getString("text")),
          Table.words(message.getString("operator")));
    }
    return new Page(
        "docs/operate/log-messages.md", Page.head("Log messages", SOURCE) + ABOUT + table);
  }
}
