package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every kind of event and every key of its metadata that is written is listed, and vice versa. */
class AuditEventRegistryTest {
  private static final String REGISTRY = "contracts/registry/audit_events.json";
  private static final Pattern KIND =
      Pattern.compile("\"([a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+)\"");

  /** A key, or what a key begins with when something is appended to it. */
  private static final Pattern KEY = Pattern.compile("\\.add\\(\\s*\"([A-Za-z0-9_]+)\"(\\s*\\+)?");

  /** What builds facts; what only reads or passes them on names no kind. */
  private static final Pattern WRITES = Pattern.compile("AuditFacts\\.act\\(|new AuditFacts\\(");

  /** The form of all events, which is no event. */
  private static final String FORM = "contracts/src/main/java/io/talos/contracts/audit/";

  /** Files that write metadata for events that others fire. */
  private static final Map<String, Set<String>> SHARED =
      Map.of(
          "AccessMeta.java", Set.of("request.admitted", "request.refused"),
          "McpOutcome.java", Set.of("request.finished"),
          "ParkedState.java", Set.of("session.accepted", "session.rotated"));

  /** What a request touches; who asks stands in the event itself, where it can be erased. */
  private static final String CALLER = "principal_id";

  private final Tree tree = Tree.ofTalos();

  @Test
  void events_and_registry_agree() {
    assertThat(problems(tree.json(REGISTRY), shipped(tree.java()))).isEmpty();
  }

  @Test
  void what_a_surface_touches_is_listed_under_a_name_of_its_own() {
    Set<String> touched = new TreeSet<>();
    for (JsonObject surface :
        Tree.entries(tree.json("contracts/registry/surfaces.json"), "surfaces")) {
      if (surface.containsKey("scope")) {
        touched.addAll(surface.getJsonObject("scope").getJsonObject("attributes").keySet());
      }
    }
    touched.remove(CALLER);

    for (String kind : List.of("request.admitted", "request.refused")) {
      assertThat(keys(tree.json(REGISTRY)).get(kind))
          .filteredOn(key -> key.startsWith("scope_") && !key.equals("scope_type"))
          .containsExactlyInAnyOrderElementsOf(
              touched.stream().map(name -> "scope_" + name).toList());
    }
  }

  @Test
  void every_surface_that_a_key_is_listed_on_exists() {
    Set<String> surfaces =
        Tree.entries(tree.json("contracts/registry/surfaces.json"), "surfaces").stream()
            .map(surface -> surface.getString("id"))
            .collect(Collectors.toSet());

    assertThat(entries(tree.json(REGISTRY)).stream().flatMap(key -> Tree.texts(key, "surfaces")))
        .isNotEmpty()
        .isSubsetOf(surfaces);
  }

  @Test
  void every_type_is_used_and_everything_says_what_it_means() {
    JsonObject registry = tree.json(REGISTRY);

    assertThat(Tree.entries(registry, "types"))
        .extracting(type -> type.getString("type"))
        .containsExactlyInAnyOrderElementsOf(
            entries(registry).stream()
                .map(key -> key.getString("type"))
                .collect(Collectors.toSet()));
    assertThat(entries(registry)).noneMatch(key -> key.getString("about").isBlank());
    assertThat(Tree.entries(registry, "kinds"))
        .noneMatch(kind -> kind.getString("about").isBlank());
  }

  @Test
  void a_kind_that_is_not_listed_is_found() {
    assertThat(
            problems(
                registry("count"),
                List.of(writer("bad.done", "count"), writer("bad.undone", "count"))))
        .containsExactly(
            "bad.undone is written and not listed",
            "count is written and not listed for [bad.undone]");
  }

  @Test
  void a_kind_that_nobody_writes_is_found() {
    assertThat(problems(registry("count"), List.of()))
        .containsExactly("bad.done is listed and never written");
  }

  @Test
  void a_key_that_is_not_listed_is_found() {
    assertThat(
            problems(
                registry("count"),
                List.of(writer("bad.done", "count"), writer("bad.done", "secret"))))
        .containsExactly("secret is written and not listed for [bad.done]");
  }

  @Test
  void a_key_that_nobody_writes_is_found() {
    assertThat(problems(registry("count"), List.of(writer("bad.done", "other"))))
        .containsExactly(
            "other is written and not listed for [bad.done]",
            "count of bad.done is listed and never written");
  }

  @Test
  void a_key_with_a_number_is_the_one_with_a_star() {
    Source numbered =
        new Source(
            "modules/bad/src/main/java/Bad.java",
            "AuditFacts.act(\"bad.done\", meta.add(\"n_\" + i, i));");

    assertThat(problems(registry("n_*"), List.of(numbered))).isEmpty();
  }

  @Test
  void a_kind_that_only_a_comment_names_is_found() {
    Source comment =
        new Source(
            "modules/bad/src/main/java/Bad.java",
            "// AuditFacts.act(\"bad.done\").add(\"count\", 1)");

    assertThat(problems(registry("count"), List.of(comment)))
        .containsExactly("bad.done is listed and never written");
  }

  private static JsonObject registry(String key) {
    return Tree.parse(
        "{'types': [], 'kinds': [{'kind': 'bad.done', 'about': 'a', 'meta': [{'key': '%s', 'type': 't', 'about': 'a'}]}]}"
            .formatted(key)
            .replace('\'', '"'));
  }

  private static Source writer(String kind, String key) {
    return new Source(
        "modules/bad/src/main/java/Bad.java",
        "AuditFacts.act(\n\"%s\", r, j.add(\n\"%s\", 1));".formatted(kind, key));
  }

  private static List<Source> shipped(List<Source> all) {
    return all.stream()
        .filter(Source::isMain)
        .filter(source -> !source.path().startsWith("tests/") && !source.path().startsWith(FORM))
        .toList();
  }

  static List<String> problems(JsonObject registry, List<Source> sources) {
    Map<String, Set<String>> listed = keys(registry);
    Map<String, Set<String>> written = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Source source : sources) {
      Set<String> kinds = kinds(source);
      Set<String> keys = keys(source);
      Set<String> untaken = new TreeSet<>(kinds.isEmpty() ? Set.of() : keys);
      for (String kind : kinds) {
        Set<String> allowed = listed.get(kind);
        Set<String> taken = written.computeIfAbsent(kind, k -> new TreeSet<>());
        if (allowed == null) {
          problems.add(kind + " is written and not listed");
        } else {
          keys.stream()
              .filter(key -> allowed.stream().anyMatch(k -> covers(key, k)))
              .forEach(taken::add);
          untaken.removeAll(taken);
        }
      }
      untaken.forEach(key -> problems.add(key + " is written and not listed for " + kinds));
    }
    listed.forEach((kind, keys) -> missing(kind, keys, written, problems));
    return problems;
  }

  private static void missing(
      String kind, Set<String> keys, Map<String, Set<String>> written, List<String> problems) {
    Set<String> taken = written.get(kind);
    if (taken == null) {
      problems.add(kind + " is listed and never written");
      return;
    }
    keys.stream()
        .filter(key -> taken.stream().noneMatch(w -> covers(w, key)))
        .forEach(key -> problems.add(key + " of " + kind + " is listed and never written"));
  }

  /** {@code scope_*} in the code is every listed key that begins with {@code scope_}. */
  private static boolean covers(String written, String listed) {
    return written.endsWith("*")
        ? listed.startsWith(written.substring(0, written.length() - 1))
        : listed.equals(written);
  }

  private static Set<String> kinds(Source source) {
    String name = source.path().substring(source.path().lastIndexOf('/') + 1);
    Set<String> kinds = new TreeSet<>(SHARED.getOrDefault(name, Set.of()));
    String code = source.code();
    if (WRITES.matcher(code).find()) {
      KIND.matcher(code).results().forEach(found -> kinds.add(found.group(1)));
    }
    return kinds;
  }

  private static Set<String> keys(Source source) {
    Set<String> keys = new TreeSet<>();
    Matcher key = KEY.matcher(source.code());
    while (key.find()) {
      keys.add(key.group(2) == null ? key.group(1) : key.group(1) + "*");
    }
    return keys;
  }

  private static List<JsonObject> entries(JsonObject registry) {
    return Tree.entries(registry, "kinds").stream()
        .flatMap(kind -> Tree.entries(kind, "meta").stream())
        .toList();
  }

  private static Map<String, Set<String>> keys(JsonObject registry) {
    Map<String, Set<String>> keys = new TreeMap<>();
    for (JsonObject kind : Tree.entries(registry, "kinds")) {
      keys.put(
          kind.getString("kind"),
          Tree.entries(kind, "meta").stream()
              .map(key -> key.getString("key"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return keys;
  }
}
