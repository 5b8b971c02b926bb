package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every setting that is read is declared, every declared one is read, and each fits its bounds. */
class SettingsRegistryTest {
  private static final Pattern KEY =
      Pattern.compile("talos\\.[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){0,2}(\\.\\*)?");

  /** A read by a literal, or by a constant with or without its class. */
  private static final Pattern READ =
      Pattern.compile(
          "\\bsettings\\s*\\.\\s*(text|number|duration|flag|secret)\\(\\s*"
              + "(?:\"([^\"]*)\"|(?:(\\w+)\\.)?([A-Z][A-Z0-9_]*))\\s*[,)]");

  /** Any read at all: an argument that the pattern above cannot follow is a problem. */
  private static final Pattern ANY_READ =
      Pattern.compile("\\bsettings\\s*\\.\\s*(text|number|duration|flag|secret)\\(\\s*[^\\s)]");

  private static final Map<String, Set<String>> READERS =
      Map.of(
          "text", Set.of("text", "secret"),
          "number", Set.of("number", "duration"),
          "duration", Set.of("duration"),
          "flag", Set.of("flag"));
  private static final Set<String> OWNERS =
      Set.of("runtime", "identity", "policy", "a2a", "audit", "secrets", "gateway");

  private record Read(String key, String reader, String path) {}

  @Test
  void settings_and_registry_agree() {
    Tree tree = Tree.ofTalos();
    List<Source> server =
        tree.java().stream()
            .filter(Source::isMain)
            .filter(source -> source.path().startsWith("modules/"))
            .toList();

    assertThat(problems(tree.json("contracts/registry/config_keys.json"), server)).isEmpty();
  }

  @Test
  void a_key_that_is_read_and_not_declared_is_found() {
    assertThat(
            problems(
                port("10"),
                List.of(reads("number(\"talos.redis.port\")"), reads("flag(\"talos.x\")"))))
        .containsExactly("talos.x is read in bad/Reads.java and not declared");
  }

  @Test
  void a_key_that_nobody_reads_is_found() {
    assertThat(problems(port("10"), List.of()))
        .containsExactly("talos.redis.port is declared and never read");
  }

  @Test
  void a_constant_is_followed_within_its_file_and_across_files() {
    Source constant =
        new Source("bad/Keys.java", "static final String PORT =\n \"talos.redis.port\";");

    assertThat(problems(port("10"), List.of(constant, reads("number(Keys.PORT)")))).isEmpty();
    assertThat(
            problems(
                port("10"),
                List.of(new Source("bad/Keys.java", constant.text() + "settings.number(PORT)"))))
        .isEmpty();
  }

  @Test
  void a_key_that_is_put_together_is_found() {
    assertThat(
            problems(
                port("10"),
                List.of(reads("number(\"talos.redis.port\")"), reads("text(prefix + name)"))))
        .containsExactly("bad/Reads.java reads a setting whose key cannot be followed");
  }

  @Test
  void a_number_that_is_read_as_a_flag_is_found() {
    assertThat(problems(port("10"), List.of(reads("flag(\"talos.redis.port\")"))))
        .containsExactly("talos.redis.port is a number and read as flag in bad/Reads.java");
  }

  @Test
  void a_default_outside_its_bounds_is_found() {
    assertThat(problems(port("70000"), List.of(reads("number(\"talos.redis.port\")"))))
        .containsExactly("talos.redis.port has a default outside its bounds");
  }

  private static JsonObject port(String number) {
    return Tree.parse(
        ("{'keys': [{'key': 'talos.redis.port', 'type': 'number', 'default': '"
                + number
                + "', 'min': 1, 'max': 65535, 'restart': true, 'owner': 'runtime', 'if_wrong': 'w'}]}")
            .replace('\'', '"'));
  }

  private static Source reads(String call) {
    return new Source("bad/Reads.java", "void read(Settings settings) { settings." + call + "; }");
  }

  static List<String> problems(JsonObject registry, List<Source> sources) {
    List<String> problems = new ArrayList<>();
    Map<String, JsonObject> declared = declared(registry, problems);
    Set<String> unread = new TreeSet<>(declared.keySet());
    for (Read read : reads(sources, problems)) {
      JsonObject key = declared.get(read.key());
      unread.remove(read.key());
      if (key == null) {
        problems.add(read.key() + " is read in " + read.path() + " and not declared");
      } else if (!READERS.getOrDefault(key.getString("type"), Set.of()).contains(read.reader())) {
        problems.add(
            "%s is a %s and read as %s in %s"
                .formatted(read.key(), key.getString("type"), read.reader(), read.path()));
      }
    }
    unread.forEach(key -> problems.add(key + " is declared and never read"));
    return problems;
  }

  private static List<Read> reads(List<Source> sources, List<String> problems) {
    List<Read> reads = new ArrayList<>();
    for (Source source : sources) {
      String code = source.code();
      Matcher call = READ.matcher(code);
      long followed = 0;
      while (call.find()) {
        Optional<String> key =
            Optional.ofNullable(call.group(2))
                .or(() -> constant(call.group(3), call.group(4), source, sources));
        if (key.isPresent()) {
          followed++;
          reads.add(new Read(key.get(), call.group(1), source.path()));
        }
      }
      if (followed < ANY_READ.matcher(code).results().count()) {
        problems.add(source.path() + " reads a setting whose key cannot be followed");
      }
    }
    return reads;
  }

  private static Optional<String> constant(
      @Nullable String owner, String name, Source here, List<Source> sources) {
    Pattern declaration = Pattern.compile("\\bString\\s+" + name + "\\s*=\\s*\"([^\"]*)\"\\s*;");
    return sources.stream()
        .filter(s -> owner == null ? s.equals(here) : s.path().endsWith("/" + owner + ".java"))
        .map(s -> declaration.matcher(s.code()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static Map<String, JsonObject> declared(JsonObject registry, List<String> problems) {
    Map<String, JsonObject> declared = new TreeMap<>();
    for (JsonObject key : Tree.entries(registry, "keys")) {
      String name = key.getString("key", "");
      if (!KEY.matcher(name).matches() || declared.put(name, key) != null) {
        problems.add(name + " is malformed or declared twice");
      }
      if (key.getString("if_wrong", "").isBlank()
          || !key.containsKey("restart")
          || !OWNERS.contains(key.getString("owner", ""))) {
        problems.add(name + " lacks if_wrong, restart or an owner");
      }
      checkDefault(name, key, problems);
    }
    return declared;
  }

  private static void checkDefault(String name, JsonObject key, List<String> problems) {
    String value = key.getString("default", "");
    switch (key.getString("type", "")) {
      case "text" -> {
        if (key.getBoolean("secret", false) && !value.isEmpty()) {
          problems.add(name + " is a secret with a default");
        }
      }
      case "flag" -> {
        if (!Set.of("true", "false").contains(value)) {
          problems.add(name + " has a default that is no flag");
        }
      }
      case "number", "duration" -> checkNumber(name, key, value, problems);
      default -> problems.add(name + " has an unknown type");
    }
  }

  private static void checkNumber(
      String name, JsonObject key, String value, List<String> problems) {
    if (!key.containsKey("min") || !key.containsKey("max") || !value.matches("-?[0-9]{1,9}")) {
      problems.add(name + " lacks bounds or a number");
    } else if (Integer.parseInt(value) < key.getInt("min")
        || Integer.parseInt(value) > key.getInt("max")) {
      problems.add(name + " has a default outside its bounds");
    }
  }
}
