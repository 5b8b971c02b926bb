package io.talos.contracts.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The cases derived from the public Talos 1.x vectors. Every area is run, or stands by name in
 * {@code areas_waiting.txt} because its code comes with a later issue; that list only shrinks.
 */
class Talos1xConformanceTest {
  private static final Set<String> FILE_MEMBERS =
      Set.of("area", "version", "source", "notes", "cases");
  private static final Set<String> CASE_MEMBERS =
      Set.of("id", "comment", "flags", "input", "expected", "result");
  private static final Set<String> FLAGS =
      Set.of("published", "corrected", "computed", "adapted", "schema", "behaviour", "clock");
  private static final Set<String> FOR_THE_READER = Set.of("reason", "pointer");

  private final Map<String, String> aliases = aliases();

  @Test
  void every_area_passes_or_waits_by_name_and_none_does_both() {
    Path folder = ConformanceFolder.require("talos-1x");
    Map<String, AreaRunner> runners = runners();
    Set<String> waiting = waiting();
    JsonObject index = ConformanceFolder.read(folder.resolve("index.json"));
    List<String> wrong = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int executed = 0;

    for (JsonObject entry : index.getJsonArray("areas").getValuesAs(JsonObject.class)) {
      String area = entry.getString("area");
      known.add(area);
      List<JsonObject> cases = cases(folder, entry);
      AreaRunner runner = runners.get(area);
      List<String> failures =
          runner == null
              ? List.of()
              : cases.stream().flatMap(c -> run(runner, c).stream()).toList();
      executed += runner == null ? 0 : cases.size();
      System.out.printf(
          Locale.ROOT,
          "talos-1x %-20s %3d cases  %s%n",
          area,
          cases.size(),
          runner == null ? "waiting" : failures.isEmpty() ? "passed" : failures.size() + " failed");
      wrong.addAll(verdict(area, runner != null, failures, waiting.contains(area)));
    }

    System.out.println("talos-1x executed " + executed + " of " + index.getInt("total"));
    System.out.println("talos-1x areas waiting for their issue: " + String.join(", ", waiting));
    assertThat(wrong).isEmpty();
    assertThat(executed).as("executed cases").isPositive();
    assertThat(known).containsAll(waiting).containsAll(runners.keySet());
  }

  private static List<String> verdict(
      String area, boolean hasRunner, List<String> failures, boolean waiting) {
    boolean passed = hasRunner && failures.isEmpty();
    if (passed && waiting) {
      return List.of(area + " passes wholly: strike it from areas_waiting.txt");
    }
    if (!hasRunner && !waiting) {
      return List.of(area + " is neither run nor listed as waiting");
    }
    return waiting ? List.of() : failures;
  }

  /** Reads an area's file and holds it against the index. */
  private static List<JsonObject> cases(Path folder, JsonObject entry) {
    Path file = folder.resolve(entry.getString("file"));
    assertThat(Sha256.hex(ConformanceFolder.bytes(file)))
        .as("hash of %s", file.getFileName())
        .isEqualTo(entry.getString("sha256"));
    JsonObject json = ConformanceFolder.read(file);
    assertThat(json.keySet()).isEqualTo(FILE_MEMBERS);
    assertThat(json.getString("area")).isEqualTo(entry.getString("area"));
    assertThat(json.getInt("version")).isEqualTo(1);
    List<JsonObject> cases = json.getJsonArray("cases").getValuesAs(JsonObject.class);
    assertThat(cases).as("cases of %s", file.getFileName()).hasSize(entry.getInt("cases"));
    assertThat(cases).isNotEmpty();
    checkForm(cases);
    return cases;
  }

  /** Ids are one word and a running number; no member or flag is one that we would overlook. */
  private static void checkForm(List<JsonObject> cases) {
    String prefix = cases.get(0).getString("id").replaceAll("-\\d{3}$", "");
    int number = 0;
    for (JsonObject one : cases) {
      String id = String.format(Locale.ROOT, "%s-%03d", prefix, ++number);
      assertThat(one.getString("id")).as("a known id").isEqualTo(id);
      assertThat(one.keySet()).as("members of %s", id).isEqualTo(CASE_MEMBERS);
      assertThat(one.getString("result")).as("result of %s", id).isIn("valid", "invalid");
      for (JsonString flag : one.getJsonArray("flags").getValuesAs(JsonString.class)) {
        assertThat(FLAGS).as("flags of %s", id).contains(flag.getString());
      }
    }
  }

  private List<String> run(AreaRunner runner, JsonObject one) {
    String id = one.getString("id");
    Outcome outcome;
    try {
      outcome = runner.run(one.getJsonObject("input"));
    } catch (TalosException e) {
      outcome = Outcome.refused(e);
    } catch (RuntimeException | AssertionError e) {
      return List.of(id + ": " + e);
    }
    List<String> failures = new ArrayList<>();
    if (outcome.valid() != one.getString("result").equals("valid")) {
      failures.add(id + ": expected " + one.getString("result") + ", got " + outcome);
    }
    for (Map.Entry<String, JsonValue> member : one.getJsonObject("expected").entrySet()) {
      if (!matches(member.getKey(), member.getValue(), outcome)) {
        failures.add(id + ": " + member.getKey() + " is not " + member.getValue() + ": " + outcome);
      }
    }
    return failures;
  }

  private boolean matches(String member, JsonValue expected, Outcome outcome) {
    if (FOR_THE_READER.contains(member)) {
      return true;
    }
    return switch (member) {
      case "error" -> isCode(((JsonString) expected).getString(), outcome);
      case "error_any" ->
          ((JsonArray) expected)
              .getValuesAs(JsonString.class).stream()
                  .anyMatch(code -> isCode(code.getString(), outcome));
      case "message_contains" ->
          outcome
              .message()
              .toLowerCase(Locale.ROOT)
              .contains(((JsonString) expected).getString().toLowerCase(Locale.ROOT));
      case "keyword" ->
          outcome.members().getOrDefault("keywords", JsonValue.NULL) instanceof JsonArray keywords
              && keywords.contains(expected);
      default -> expected.equals(outcome.members().get(member));
    };
  }

  /** A code is met by its own name or by the name that Talos 1.x has for it. */
  private boolean isCode(String expected, Outcome outcome) {
    return outcome
        .code()
        .filter(code -> code.equals(expected) || expected.equals(aliases.get(code)))
        .isPresent();
  }

  private static Map<String, String> aliases() {
    Map<String, String> aliases = new TreeMap<>();
    for (JsonObject code :
        Registries.read("error_codes").getJsonArray("codes").getValuesAs(JsonObject.class)) {
      if (code.containsKey("alias_1x")) {
        aliases.put(code.getString("code"), code.getString("alias_1x"));
      }
    }
    return aliases;
  }

  private static Map<String, AreaRunner> runners() {
    return ServiceLoader.load(AreaRunner.class).stream()
        .map(ServiceLoader.Provider::get)
        .collect(Collectors.toMap(AreaRunner::area, runner -> runner));
  }

  private static Set<String> waiting() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Talos1xConformanceTest.class.getResourceAsStream("areas_waiting.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split("\\s")[0])
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
