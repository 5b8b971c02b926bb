package io.talos.contracts.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own vectors: every file has a runner, every runner a file, and every case is run. */
class VectorFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("talos.root", ".."), "contracts", "vectors");
  private static final Limits LIMITS = new Limits(8 << 20, 24, 200_000);

  private final Map<String, VectorRunner> runners =
      ServiceLoader.load(VectorRunner.class).stream()
          .map(ServiceLoader.Provider::get)
          .collect(
              Collectors.toMap(VectorRunner::file, Function.identity(), this::twice, TreeMap::new));

  private VectorRunner twice(VectorRunner one, VectorRunner other) {
    throw new AssertionError("two runners of " + one.file() + ": " + other);
  }

  @Test
  void every_file_has_a_runner_and_every_runner_a_file() throws IOException {
    Map<String, String> own = ownTests();
    Set<String> run = new TreeSet<>(runners.keySet());
    run.addAll(own.keySet());

    assertThat(files()).isEqualTo(run).isNotEmpty();
    assertThat(own.values()).allSatisfy(VectorFilesTest::isTestClass);
  }

  /** Files of another shape, which a test class of their own package runs: file, then class. */
  private static Map<String, String> ownTests() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(VectorFilesTest.class.getResourceAsStream("own_tests.txt"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
  }

  private static void isTestClass(String name) {
    try {
      assertThat(Class.forName(name).getDeclaredMethods())
          .as(name)
          .anyMatch(
              method ->
                  method.isAnnotationPresent(Test.class)
                      || method.isAnnotationPresent(TestFactory.class));
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no test class " + name, e);
    }
  }

  @Test
  void every_case_of_every_file_is_answered_as_it_says() throws IOException {
    int executed = 0;
    int refusals = 0;
    List<String> wrong = new ArrayList<>();

    for (VectorRunner runner : runners.values()) {
      List<String> results = new ArrayList<>();
      wrong.addAll(run(runner, results));
      executed += results.size();
      refusals += (int) results.stream().filter("invalid"::equals).count();
      System.out.printf(
          Locale.ROOT,
          "vectors %-24s %3d cases, %3d must be refused%n",
          runner.file(),
          results.size(),
          results.stream().filter("invalid"::equals).count());
    }

    System.out.println("vectors executed " + executed + ", " + refusals + " must be refused");
    assertThat(wrong).isEmpty();
    assertThat(executed).isGreaterThanOrEqualTo(60);
    assertThat(refusals * 2).as("more than half of the cases are refusals").isGreaterThan(executed);
  }

  private static List<String> run(VectorRunner runner, List<String> results) throws IOException {
    JsonObject file =
        StrictJson.parseObject(
            Bytes.of(Files.readAllBytes(FOLDER.resolve(runner.file() + ".json"))), LIMITS);
    assertThat(file.getString("algorithm")).isEqualTo(runner.file());
    List<String> wrong = new ArrayList<>();
    Set<String> flags = new HashSet<>();
    for (JsonObject group : file.getJsonArray("testGroups").getValuesAs(JsonObject.class)) {
      List<JsonObject> tests = group.getJsonArray("tests").getValuesAs(JsonObject.class);
      assertThat(tests).as("a group of %s", runner.file()).isNotEmpty();
      for (JsonObject test : tests) {
        assertThat(test.getInt("tcId")).as(runner.file()).isEqualTo(results.size() + 1);
        test.getJsonArray("flags").getValuesAs(JsonString::getString).forEach(flags::add);
        results.add(test.getString("result"));
        failure(runner, group, test)
            .ifPresent(why -> wrong.add(runner.file() + " " + test.getInt("tcId") + ": " + why));
      }
    }
    assertThat(results).as(runner.file()).hasSize(file.getInt("numberOfTests"));
    assertThat(file.getJsonObject("notes").keySet()).as(runner.file()).isEqualTo(flags);
    return wrong;
  }

  private static Optional<String> failure(VectorRunner runner, JsonObject group, JsonObject test) {
    boolean mayPass = test.getString("result").equals("valid");
    String what = test.getString("comment");
    try {
      runner.run(group, test);
      return mayPass ? Optional.empty() : Optional.of(what + ": was accepted");
    } catch (TalosException e) {
      return !mayPass && e.code().name().equals(test.getString("error", e.code().name()))
          ? Optional.empty()
          : Optional.of(what + ": " + e);
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(what + ": " + e);
    }
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(FOLDER)) {
      return paths
          .filter(path -> path.toString().endsWith(".json"))
          .map(path -> FOLDER.relativize(path).toString().replace('\\', '/'))
          .map(path -> path.replaceFirst("\\.json$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
