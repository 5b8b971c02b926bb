package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints {@code docs/operate/settings.md}: what the application and server.xml read. */
final class SettingsPage {
  private static final String SOURCE =
      "contracts/registry/config_keys.json and liberty-config/server.xml";

  private static final List<String> OWNERS =
      List.of("runtime", "gateway", "identity", "policy", "a2a", "audit", "secrets");

  private static final String ABOUT =
      """
      Every setting is read once, when the server starts; a change needs a restart. The application takes a setting from a system property of its name,
      else from the environment, else the default. In the environment a name is written in capitals, with `_` for every other character. A value that does
      not fit stops the server from starting, and the log names the setting; a name that nobody reads is passed over in silence, so mind the spelling. What is in
      force is logged at start, without secrets. A **secret** has no default. [Modes](modes.md) says what `prod` demands besides.

      """;

  private static final String ABOUT_VARIABLES =
      """
      Open Liberty itself reads these where `server.xml` names them, from the environment of the server. The application reads none of them.

      """;

  private SettingsPage() {}

  static Page of(Project project) {
    Map<String, List<JsonObject>> byOwner =
        project.registry("config_keys", "keys").stream()
            .collect(
                Collectors.groupingBy(
                    key -> key.getString("owner"), LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder(Page.head("Settings", SOURCE)).append(ABOUT);
    for (String owner : OWNERS) {
      text.append(section(owner, byOwner.getOrDefault(owner, List.of())));
    }
    text.append("## Variables of server.xml\n\n").append(ABOUT_VARIABLES);
    text.append(variables(ServerVariables.of(project)));
    return new Page("docs/operate/settings.md", text.toString());
  }

  private static String section(String owner, List<JsonObject> keys) {
    if (keys.isEmpty()) {
      return "";
    }
    Table table = new Table("setting", "environment", "value", "default", "if it is wrong");
    for (JsonObject key : keys) {
      if (!key.getBoolean("restart")) {
        throw new IllegalStateException("the page says that every setting needs a restart");
      }
      table.row(
          Table.code(key.getString("key")),
          Table.code(environment(key.getString("key"))),
          value(key),
          Table.code(key.getString("default")),
          Table.words(key.getString("if_wrong")));
    }
    return "## " + owner + "\n\n" + table + "\n";
  }

  private static String value(JsonObject key) {
    String bounds = key.containsKey("min") ? ", " + key.get("min") + " to " + key.get("max") : "";
    String secret = key.getBoolean("secret", false) ? ", **secret**" : "";
    return key.getString("type") + bounds + secret;
  }

  private static String variables(List<ServerVariables.Variable> variables) {
    Table table = new Table("variable", "environment", "default", "what it is");
    for (ServerVariables.Variable variable : variables) {
      table.row(
          Table.code(variable.name()),
          Table.code(environment(variable.name())),
          variable.standard().map(Table::code).orElse("none, must be set"),
          variable.about() + (variable.isSecret() ? " **Secret.**" : ""));
    }
    return table.toString();
  }

  /** MicroProfile Config 3.1 §5.3.1 and Open Liberty agree on this form. */
  private static String environment(String key) {
    String plain = key.endsWith(".*") ? key.substring(0, key.length() - 1) : key;
    String name = plain.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    return key.endsWith(".*") ? name + "<NAME>" : name;
  }
}
