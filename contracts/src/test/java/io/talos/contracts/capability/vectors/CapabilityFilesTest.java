package io.talos.contracts.capability.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.vectors.Answers.Answer;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of contracts/vectors/capability, those of another implementation and our own. */
class CapabilityFilesTest {
  private static final String OURS = "capability_test.json";
  private static final List<String> FILES = List.of("chains_test.json", OURS);

  @Test
  void our_own_file_is_what_its_cases_say() throws IOException {
    String text = VectorFile.text(VectorFile.cases());
    if (Boolean.getBoolean("talos.vectors.write")) {
      Files.writeString(VectorFile.folder().resolve(OURS), text);
    }

    assertThat(Files.readString(VectorFile.folder().resolve(OURS))).isEqualTo(text);
  }

  @Test
  void there_are_enough_cases_and_most_of_them_are_refused() {
    List<JsonObject> tests = FILES.stream().flatMap(f -> groups(f).flatMap(this::tests)).toList();

    long refused = tests.stream().filter(t -> t.getString("result").equals("invalid")).count();
    assertThat(tests).hasSizeGreaterThan(400);
    assertThat(refused).isGreaterThan(tests.size() / 2);
  }

  @Test
  void every_actor_of_the_foreign_file_is_the_key_of_their_seed() {
    VectorFile.read(FILES.get(0))
        .getJsonObject("actors")
        .values()
        .forEach(
            actor -> {
              JsonObject json = actor.asJsonObject();
              SecretBytes seed = SecretBytes.of(Base64Url.decode(json.getString("seed")).toArray());
              assertThat(Did.ofKey(Ed25519.fromSeed(seed).publicKey()).text())
                  .isEqualTo(json.getString("did"));
            });
  }

  @TestFactory
  Stream<DynamicTest> every_case_has_its_answer() {
    return FILES.stream().flatMap(file -> groups(file).flatMap(g -> cases(file, g)));
  }

  private static Stream<JsonObject> groups(String file) {
    JsonObject json = VectorFile.read(file);
    List<JsonObject> groups = json.getJsonArray("testGroups").getValuesAs(JsonObject.class);
    int count = groups.stream().mapToInt(g -> g.getJsonArray("tests").size()).sum();
    assertThat(json.getInt("numberOfTests")).isEqualTo(count);
    return groups.stream();
  }

  private Stream<JsonObject> tests(JsonObject group) {
    return group.getJsonArray("tests").getValuesAs(JsonObject.class).stream();
  }

  private Stream<DynamicTest> cases(String file, JsonObject group) {
    Answers answers = Answers.of(group);
    return tests(group)
        .map(
            test ->
                DynamicTest.dynamicTest(
                    file + " " + test.getInt("tcId"), () -> check(answers, test)));
  }

  private static void check(Answers answers, JsonObject test) {
    Answer answer = answers.to(test);

    assertThat(answer.text())
        .as(test.getString("comment"))
        .isEqualTo(test.getString("result").equals("valid") ? "valid" : test.getString("code"));
    answer
        .capability()
        .ifPresent(
            capability -> {
              assertThat(capability.hash().hex()).isEqualTo(test.getString("hash"));
              assertThat(hexes(capability.linkHashes())).isEqualTo(texts(test, "links"));
              assertThat(hexes(capability.revocationIds())).isEqualTo(texts(test, "revocationIds"));
            });
  }

  private static List<String> hexes(List<Bytes> values) {
    return values.stream().map(Bytes::hex).toList();
  }

  private static List<String> texts(JsonObject test, String member) {
    return test.getJsonArray(member).getValuesAs(JsonString::getString);
  }
}
