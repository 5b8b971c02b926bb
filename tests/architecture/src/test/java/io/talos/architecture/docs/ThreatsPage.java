package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import java.util.List;

/** Prints {@code docs/concepts/threats.md}: what is kept away, how, and what is left. */
final class ThreatsPage {
  private static final String SOURCE = "contracts/registry/threats.json";

  private static final String ABOUT =
      """
      What an attacker may try, and how far Talos keeps it away today. *Claim* is the promise of the project's threat model. The status says what holds of it now:

      - **defended**: attack stories in the test suite try it and fail; nothing known is left.
      - **partial**: attack stories try it and fail; what is left is named.
      - **planned**: nothing keeps it away yet; what it waits for is named.
      - **out-of-scope**: Talos does not keep it away, and says why.

      A test holds every status to its stories (`@Threat("…")` in the sources).

      """;

  private ThreatsPage() {}

  static Page of(Project project) {
    List<JsonObject> threats = project.registry("threats", "threats");
    Table table = new Table("id", "threat", "status");
    StringBuilder sections = new StringBuilder();
    for (JsonObject threat : threats) {
      table.row(
          Table.code(threat.getString("id")),
          Table.words(threat.getString("title")),
          threat.getString("status"));
      sections.append('\n').append(section(threat));
    }
    return new Page(
        "docs/concepts/threats.md", Page.head("Threats", SOURCE) + ABOUT + table + sections);
  }

  private static String section(JsonObject threat) {
    StringBuilder text = new StringBuilder();
    text.append("## ")
        .append(Table.words(threat.getString("title")))
        .append(" (")
        .append(threat.getString("id"))
        .append(")\n\n*Claim:* ")
        .append(Table.words(threat.getString("claim")))
        .append("\n\n*Status:* ")
        .append(threat.getString("status"))
        .append(".\n");
    paragraph(text, "Why", threat.getString("why", ""));
    paragraph(text, "It waits for", threat.getString("waits_for", ""));
    points(text, "What keeps it away", Project.texts(threat, "defence"));
    points(text, "What is left", Project.texts(threat, "residual"));
    return text.toString();
  }

  private static void paragraph(StringBuilder text, String title, String words) {
    if (!words.isEmpty()) {
      text.append("\n*").append(title).append(":* ").append(Table.words(words)).append('\n');
    }
  }

  private static void points(StringBuilder text, String title, List<String> points) {
    if (!points.isEmpty()) {
      text.append("\n*").append(title).append(":*\n\n");
      points.forEach(point -> text.append("- ").append(Table.words(point)).append('\n'));
    }
  }
}
