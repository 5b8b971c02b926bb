package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every threat is as its status says, and every story keeps a threat that exists. */
class ThreatRegistryTest {
  private static final Pattern ID = Pattern.compile("T-[A-Z0-9]+-[0-9]{2}");
  private static final Pattern ANNOTATION =
      Pattern.compile("@Threat\\s*\\(\\s*(\"([^\"]*)\"\\s*\\))?");
  private static final String DISABLED = "@Disabled";

  @Test
  void every_threat_is_as_its_status_says() {
    Tree tree = Tree.ofTalos();
    List<Source> stories = tree.java().stream().filter(Source::isStory).toList();

    assertThat(problems(tree.json("contracts/registry/threats.json"), stories)).isEmpty();
  }

  @Test
  void a_defended_threat_without_a_story_is_found() {
    assertThat(problems(threat("'status': 'defended'"), List.of()))
        .containsExactly("T-BAD-01 is defended and has no story");
  }

  @Test
  void a_defended_threat_with_a_story_is_well() {
    assertThat(problems(threat("'status': 'defended'"), List.of(story("\"T-BAD-01\")", ""))))
        .isEmpty();
  }

  @Test
  void a_partial_threat_needs_a_story_and_a_residual() {
    assertThat(problems(threat("'status': 'partial', 'residual': []"), List.of()))
        .containsExactlyInAnyOrder(
            "T-BAD-01 is partial and has no story", "T-BAD-01 is partial and says no residual");
  }

  @Test
  void a_planned_threat_says_what_it_waits_for() {
    assertThat(problems(threat("'status': 'planned', 'waits_for': ' '"), List.of()))
        .containsExactly("T-BAD-01 is planned and says no waits_for");
  }

  @Test
  void an_excluded_threat_says_why() {
    assertThat(problems(threat("'status': 'out-of-scope'"), List.of()))
        .containsExactly("T-BAD-01 is out-of-scope and says no why");
  }

  @Test
  void a_status_that_nobody_defined_is_found() {
    assertThat(problems(threat("'status': 'mitigated'"), List.of()))
        .containsExactly("T-BAD-01 has the unknown status mitigated");
  }

  @Test
  void a_story_of_an_unknown_threat_is_found() {
    JsonObject registry = threat("'status': 'out-of-scope', 'why': 'a test'");

    assertThat(problems(registry, List.of(story("\"T-BAD-02\")", ""))))
        .containsExactly("bad/Story.java names the unknown threat T-BAD-02");
  }

  @Test
  void a_story_that_names_no_literal_is_found() {
    JsonObject registry = threat("'status': 'out-of-scope', 'why': 'a test'");

    assertThat(problems(registry, List.of(story("CONSTANT)", ""))))
        .containsExactly("bad/Story.java names a threat that cannot be read");
  }

  @Test
  void a_story_that_does_not_run_does_not_count() {
    assertThat(problems(threat("'status': 'defended'"), List.of(story("\"T-BAD-01\")", DISABLED))))
        .containsExactlyInAnyOrder(
            "T-BAD-01 is defended and has no story", "bad/Story.java is a story that does not run");
  }

  private static JsonObject threat(String members) {
    return Tree.parse(
        ("{'threats': [{'id': 'T-BAD-01', 'title': 't', 'claim': 'c', " + members + "}]}")
            .replace('\'', '"'));
  }

  private static Source story(String argument, String more) {
    return new Source("bad/Story.java", "@Threat(" + argument + "\n" + more + " class Story {}");
  }

  static List<String> problems(JsonObject registry, List<Source> sources) {
    List<String> problems = new ArrayList<>();
    Map<String, List<String>> stories = stories(sources, problems);
    Set<String> known = new HashSet<>();
    for (JsonObject threat : Tree.entries(registry, "threats")) {
      String id = threat.getString("id", "");
      if (!ID.matcher(id).matches() || !known.add(id)) {
        problems.add(id + " is malformed or stands twice");
      }
      check(threat, id, !stories.getOrDefault(id, List.of()).isEmpty(), problems);
    }
    stories.forEach(
        (id, paths) -> {
          if (!known.contains(id)) {
            paths.forEach(path -> problems.add(path + " names the unknown threat " + id));
          }
        });
    return problems;
  }

  private static void check(JsonObject threat, String id, boolean told, List<String> problems) {
    List.of("title", "claim").forEach(member -> requireText(threat, id, member, problems));
    String status = threat.getString("status", "");
    switch (status) {
      case "defended" -> requireStory(id, status, told, problems);
      case "partial" -> {
        requireStory(id, status, told, problems);
        requireText(threat, id, "residual", problems);
      }
      case "planned" -> requireText(threat, id, "waits_for", problems);
      case "out-of-scope" -> requireText(threat, id, "why", problems);
      default -> problems.add(id + " has the unknown status " + status);
    }
  }

  private static void requireStory(String id, String status, boolean told, List<String> problems) {
    if (!told) {
      problems.add(id + " is " + status + " and has no story");
    }
  }

  private static void requireText(
      JsonObject threat, String id, String member, List<String> problems) {
    if (!saysSomething(threat.getOrDefault(member, JsonValue.NULL))) {
      problems.add(id + " is " + threat.getString("status", "") + " and says no " + member);
    }
  }

  /** A text, or a list of nothing but texts; none of them blank. */
  private static boolean saysSomething(JsonValue value) {
    if (value instanceof JsonString text) {
      return !text.getString().isBlank();
    }
    return value.getValueType() == JsonValue.ValueType.ARRAY
        && !value.asJsonArray().isEmpty()
        && value.asJsonArray().stream().allMatch(ThreatRegistryTest::saysSomething);
  }

  /** Which files tell stories of which threat; a file that is switched off tells none. */
  private static Map<String, List<String>> stories(List<Source> sources, List<String> problems) {
    Map<String, List<String>> stories = new TreeMap<>();
    for (Source source : sources) {
      Matcher annotation = ANNOTATION.matcher(source.code());
      while (annotation.find()) {
        String id = annotation.group(2);
        if (id == null) {
          problems.add(source.path() + " names a threat that cannot be read");
        } else if (source.code().contains(DISABLED)) {
          problems.add(source.path() + " is a story that does not run");
        } else {
          stories.computeIfAbsent(id, key -> new ArrayList<>()).add(source.path());
        }
      }
    }
    return stories;
  }
}
