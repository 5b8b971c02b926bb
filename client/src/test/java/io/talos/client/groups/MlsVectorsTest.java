package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The library against every case of the MLS working group's vectors. Each case is run and counted;
 * one that the library cannot express is in {@link #INEXPRESSIBLE}, and must fail.
 */
class MlsVectorsTest {
  /** Runs one case; whatever it throws, the case failed. */
  @FunctionalInterface
  interface Case {
    void run(JsonObject given) throws Exception;
  }

  private static final Map<String, Case> AREAS =
      Map.ofEntries(
          Map.entry("crypto-basics.json", CryptoVectors::basics),
          Map.entry("deserialization.json", CryptoVectors::deserialization),
          Map.entry("key-schedule.json", CryptoVectors::keySchedule),
          Map.entry("psk_secret.json", CryptoVectors::pskSecret),
          Map.entry("secret-tree.json", CryptoVectors::secretTree),
          Map.entry("transcript-hashes.json", CryptoVectors::transcriptHashes),
          Map.entry("tree-math.json", TreeVectors::math),
          Map.entry("tree-operations.json", TreeVectors::operations),
          Map.entry("tree-validation.json", TreeVectors::validation),
          Map.entry("treekem.json", TreeVectors::treeKem),
          Map.entry("messages.json", GroupVectors::messages),
          Map.entry("message-protection.json", GroupVectors::protection),
          Map.entry("welcome.json", GroupVectors::welcome),
          Map.entry("passive-client-welcome.json", GroupVectors::passiveClient),
          Map.entry("passive-client-handling-commit.json", GroupVectors::passiveClient),
          Map.entry("passive-client-random.json", GroupVectors::passiveClient));

  /** Cases by file and place, and why the library cannot run them. */
  private static final Map<String, String> INEXPRESSIBLE = Map.of();

  @TestFactory
  List<DynamicTest> every_case_of_every_file_holds() {
    Path folder = folder();
    return files(folder)
        .map(file -> DynamicTest.dynamicTest(file, () -> run(folder.resolve(file))))
        .toList();
  }

  @Test
  void every_file_has_a_runner_and_every_runner_a_file() {
    assertThat(files(folder()).toList())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(AREAS.keySet()));
  }

  private static void run(Path file) {
    String name = file.getFileName().toString();
    Case area = AREAS.get(name);
    if (area == null) {
      fail("no runner for " + name);
    }
    Map<String, Throwable> failed = new TreeMap<>();
    List<JsonObject> cases = read(file).getValuesAs(JsonObject.class);
    assertThat(cases).isNotEmpty();
    int held = 0;
    for (int i = 0; i < cases.size(); i++) {
      try {
        area.run(cases.get(i));
        held++;
      } catch (Exception | AssertionError e) {
        failed.put(name + "#" + i, e);
      }
    }
    System.out.println("MLS VECTORS " + name + ": " + held + " of " + cases.size() + " cases hold");
    failed.forEach(
        (which, why) -> {
          if (!INEXPRESSIBLE.containsKey(which)) {
            throw new AssertionError(failed.size() + " failed, first " + which, why);
          }
        });
    assertThat(failed.keySet())
        .containsExactlyInAnyOrderElementsOf(
            INEXPRESSIBLE.keySet().stream().filter(which -> which.startsWith(name)).toList());
  }

  private static JsonArray read(Path file) {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      return reader.readArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String root = System.getProperty("talos.conformance", "");
    Path folder = Path.of(root, "mls");
    if (!root.isBlank() && Files.isDirectory(folder)) {
      return folder;
    }
    String message = "CONFORMANCE SKIPPED: no folder mls below -Dtalos.conformance=" + root;
    System.out.println(message);
    if ("true".equalsIgnoreCase(System.getenv("CI"))) {
      return fail(message + ", and CI=true demands it");
    }
    return abort(message);
  }
}
