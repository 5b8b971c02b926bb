package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every message that Talos logs is in log_messages.json, once, and nothing else is. */
class LogMessageRegistryTest {
  private static final Pattern ID = Pattern.compile("TALOS-([A-Z0-9]{3})-[0-9]{4}");

  /** The id opens the message; the level, when it stands in the same call, stands before it. */
  private static final Pattern USE =
      Pattern.compile("(?:Level\\.(\\w+),\\s*)?\"(" + ID.pattern() + ")(?![0-9])");

  private static final Set<String> LEVELS = Set.of("INFO", "WARNING", "ERROR");
  private static final Map<String, String> OWNERS =
      Map.of(
          "IDN", "identity",
          "POL", "policy",
          "A2A", "a2a",
          "AUD", "audit",
          "SEC", "secrets",
          "GAT", "gateway",
          "RUN", "runtime");

  @Test
  void messages_and_registry_agree() {
    Tree tree = Tree.ofTalos();
    List<Source> main = tree.java().stream().filter(Source::isMain).toList();

    assertThat(problems(tree.json("contracts/registry/log_messages.json"), main)).isEmpty();
  }

  @Test
  void a_message_that_is_not_declared_is_found() {
    assertThat(problems(registry(), List.of(logger("INFO", 1), logger("INFO", 2))))
        .containsExactly("TALOS-SEC-0002 is logged and not declared");
  }

  @Test
  void a_message_that_nobody_logs_is_found() {
    assertThat(problems(registry(), List.of()))
        .containsExactly("TALOS-SEC-0001 is declared and never logged");
  }

  @Test
  void a_message_that_only_a_comment_names_is_found() {
    Source comment =
        new Source("modules/secrets/src/main/java/Bad.java", "// \"TALOS-SEC-0001 told\"");

    assertThat(problems(registry(), List.of(comment)))
        .containsExactly("TALOS-SEC-0001 is declared and never logged");
  }

  @Test
  void one_id_for_two_messages_is_found() {
    assertThat(problems(registry(), List.of(logger("INFO", 1), logger("INFO", 1))))
        .containsExactly("TALOS-SEC-0001 is logged in two places");
  }

  @Test
  void another_level_than_the_declared_one_is_found() {
    assertThat(problems(registry(), List.of(logger("ERROR", 1))))
        .containsExactly("TALOS-SEC-0001 is logged as ERROR and declared as INFO");
  }

  @Test
  void a_message_of_another_module_is_found() {
    Source stranger = new Source("modules/policy/src/main/java/Bad.java", logger("INFO", 1).text());

    assertThat(problems(registry(), List.of(stranger)))
        .containsExactly("TALOS-SEC-0001 is logged outside secrets");
  }

  private static JsonObject registry() {
    return Tree.parse(
        "{'messages': [{'id': 'TALOS-SEC-0001', 'level': 'INFO', 'owner': 'secrets', 'text': 't', 'operator': 'o'}]}"
            .replace('\'', '"'));
  }

  private static Source logger(String level, int number) {
    return new Source(
        "modules/secrets/src/main/java/Bad.java",
        "LOG.log(Level." + level + ",\n \"TALOS-SEC-000" + number + " told\");");
  }

  static List<String> problems(JsonObject registry, List<Source> sources) {
    List<String> problems = new ArrayList<>();
    Map<String, JsonObject> declared = declared(registry, problems);
    Set<String> logged = new HashSet<>();
    for (Source source : sources) {
      Matcher use = USE.matcher(source.code());
      while (use.find()) {
        String id = use.group(2);
        if (!logged.add(id)) {
          problems.add(id + " is logged in two places");
        }
        check(id, use.group(1), source.path(), declared, problems);
      }
    }
    declared.keySet().stream()
        .filter(id -> !logged.contains(id))
        .forEach(id -> problems.add(id + " is declared and never logged"));
    return problems;
  }

  private static void check(
      String id,
      @Nullable String level,
      String path,
      Map<String, JsonObject> declared,
      List<String> problems) {
    JsonObject message = declared.get(id);
    if (message == null) {
      problems.add(id + " is logged and not declared");
      return;
    }
    String expected = message.getString("level", "");
    if (level != null && !level.equals(expected)) {
      problems.add(id + " is logged as " + level + " and declared as " + expected);
    }
    String owner = message.getString("owner", "");
    if (!path.startsWith("modules/" + owner + "/")) {
      problems.add(id + " is logged outside " + owner);
    }
  }

  private static Map<String, JsonObject> declared(JsonObject registry, List<String> problems) {
    Map<String, JsonObject> declared = new TreeMap<>();
    for (JsonObject message : Tree.entries(registry, "messages")) {
      String id = message.getString("id", "");
      Matcher shape = ID.matcher(id);
      if (!shape.matches()
          || !message.getString("owner", "").equals(OWNERS.get(shape.group(1)))
          || !LEVELS.contains(message.getString("level", ""))) {
        problems.add(id + " has a malformed id, or not its area's owner, or no level");
      }
      if (message.getString("text", "").isBlank() || message.getString("operator", "").isBlank()) {
        problems.add(id + " lacks a text or what the operator should do");
      }
      if (declared.put(id, message) != null) {
        problems.add(id + " is declared twice");
      }
    }
    return declared;
  }
}
