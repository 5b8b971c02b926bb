package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** Prints {@code docs/reference/event-kinds.md}: every kind of event and what its meta may hold. */
final class EventKindsPage {
  private static final String SOURCE = "contracts/registry/audit_events.json";

  private static final String ABOUT =
      """
      The `kind` of an [event](../concepts/audit.md) is one of these, and its `meta` holds nothing but what is listed for the kind, in the form of its [type](#types). None of it is personal: what is
      personal is in `commitments`, and can be [erased](../operate/erasure.md).

      What is not listed, or has another form, is left out where events are written, whoever said it; the act is recorded all the same. The event then says so:

      | key | meaning |
      |---|---|
      | `meta_redaction_applied` | `true`, or absent when nothing was left out; as in Talos 1.x |
      | `meta_redacted_count` | how many members were left out |
      | `meta_redacted_keys` | their names in text order, with a comma and a space between them; as in Talos 1.x. At most 8, and only names that this page knows or that are at most 40 letters and underscores: a name could be somebody's secret, too |

      A value is left out whole, never cut short. Where a key says *on*, it is listed on these [surfaces](surfaces.md) only. A key with a star is numbered from 0.

      """;

  private EventKindsPage() {}

  static Page of(Project project) {
    StringBuilder text = new StringBuilder(Page.head("Kinds of events", SOURCE)).append(ABOUT);
    for (JsonObject kind : project.registry("audit_events", "kinds")) {
      text.append("## ").append(kind.getString("kind")).append("\n\n");
      text.append(Table.words(kind.getString("about"))).append("\n\n");
      text.append(meta(kind));
    }
    return new Page(
        "docs/reference/event-kinds.md", text + "## Types\n\n" + types(project).toString());
  }

  private static String meta(JsonObject kind) {
    List<JsonObject> keys =
        kind.getJsonArray("meta").stream().map(JsonValue::asJsonObject).toList();
    if (keys.isEmpty()) {
      return "No metadata.\n\n";
    }
    Table table = new Table("key", "type", "what it says");
    for (JsonObject key : keys) {
      List<String> surfaces = Project.texts(key, "surfaces");
      String on =
          surfaces.isEmpty()
              ? ""
              : "; on " + String.join(" and ", surfaces.stream().map(Table::code).toList());
      String most = key.containsKey("numbers") ? "; at most " + key.getInt("numbers") : "";
      table.row(
          Table.code(key.getString("key")),
          key.getString("type"),
          Table.words(key.getString("about")) + on + most);
    }
    return table + "\n";
  }

  private static Table types(Project project) {
    Table table = new Table("type", "JSON", "meaning", "form", "characters");
    for (JsonObject type : project.registry("audit_events", "types")) {
      table.row(
          type.getString("type"),
          type.getString("json"),
          Table.words(type.getString("about")),
          Table.code(type.getString("pattern", "").replace("\n", "\\n")),
          type.containsKey("characters_max") ? "≤ " + type.getInt("characters_max") : "");
    }
    return table;
  }
}
