package io.talos.contracts.capability.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.vectors.Answers.Answer;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Asks the library about mutations of the vectors and writes questions and answers, one JSON object
 * a line, for another verifier to compare: {@code contracts/target/capability-mutations.jsonl}. The
 * first line describes the verifier as a test group does. The same seed gives the same file.
 *
 * <p>{@code -Dtalos.mutations} sets how many, {@code -Dtalos.mutations.seed} the seed.
 */
class MutatedCapabilityTest {
  private static final long SEED = 20_261_122L;
  private static final int COUNT = 2_000;

  private record Source(String file, int id, JsonObject test) {}

  @Test
  void no_mutation_is_answered_with_anything_but_an_answer() throws IOException {
    int count = Integer.getInteger("talos.mutations", COUNT);
    long seed = Long.getLong("talos.mutations.seed", SEED);
    Map<String, Integer> answers = new TreeMap<>();
    Path file =
        Path.of(System.getProperty("talos.root", ".."))
            .resolve("contracts/target/capability-mutations.jsonl");
    Files.createDirectories(file.getParent());
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(VectorFile.group() + "\n");
      write(out, count, seed, answers);
    }

    assertThat(answers.values().stream().mapToInt(i -> i).sum()).isEqualTo(count);
    assertThat(answers)
        .as("answers of %s mutations", count)
        .containsKeys(
            "valid",
            "CAPABILITY_INVALID",
            "CAPABILITY_EXPIRED",
            "CAPABILITY_SUBJECT_MISMATCH",
            "CAPABILITY_SCOPE_MISMATCH",
            "CAPABILITY_SIGNATURE_INVALID",
            "CAPABILITY_DELEGATION_INVALID");
  }

  private static void write(Writer out, int count, long seed, Map<String, Integer> counts)
      throws IOException {
    Answers verifier = Answers.of(VectorFile.group());
    List<Source> sources = sources();
    Random random = new Random(seed);
    Mutator mutator = new Mutator(seed);
    for (int i = 0; i < count; i++) {
      Source source = sources.get(random.nextInt(sources.size()));
      JsonObject question = mutator.mutate(source.test);
      Answer answer = verifier.to(question);
      if (!answer.text().equals("CAPABILITY_INVALID")) {
        assertCanonical(question.getString("capability"));
      }
      counts.merge(answer.text(), 1, Integer::sum);
      out.write(line(i, source, question, answer) + "\n");
    }
  }

  /** What was read is what two independent readers and writers of JSON would write again. */
  private static void assertCanonical(String header) {
    Bytes text = Base64Url.decode(header);
    assertThat(CanonicalJson.encode(StrictJson.parse(text, VectorFile.LIMITS))).isEqualTo(text);
  }

  private static JsonObject line(int i, Source source, JsonObject question, Answer answer) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("n", i).add("from", source.file + " " + source.id);
    question.forEach(json::add);
    json.add("result", answer.code().isEmpty() ? "valid" : "invalid");
    answer.code().ifPresent(code -> json.add("code", code.name()));
    answer.capability().ifPresent(c -> json.add("hash", c.hash().hex()));
    return json.build();
  }

  private static List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    for (String file : List.of("chains_test.json", "capability_test.json")) {
      for (JsonObject group :
          VectorFile.read(file).getJsonArray("testGroups").getValuesAs(JsonObject.class)) {
        for (JsonObject test : group.getJsonArray("tests").getValuesAs(JsonObject.class)) {
          // What cannot even be read teaches little when it is changed once more.
          int times = test.getString("code", "").equals("CAPABILITY_INVALID") ? 1 : 8;
          for (int i = 0; i < times; i++) {
            sources.add(new Source(file, test.getInt("tcId"), test));
          }
        }
      }
    }
    return sources;
  }
}
