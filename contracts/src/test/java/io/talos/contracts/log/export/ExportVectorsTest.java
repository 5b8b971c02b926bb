package io.talos.contracts.log.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Exports that another implementation made, and forgeries of them, from the page alone. */
class ExportVectorsTest {
  private static final Path FILE =
      Path.of(System.getProperty("talos.root", ".."), "contracts/vectors/log/exports.json");

  private final JsonObject vectors = vectors();
  private final List<NoteKey> keys =
      vectors.getJsonArray("vkeys").getValuesAs(JsonString::getString).stream()
          .map(NoteKey::parse)
          .toList();

  private static JsonObject vectors() {
    try {
      return StrictJson.parseObject(
          Bytes.of(Files.readAllBytes(FILE)), new Limits(1 << 20, 5, 10_000));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ExportVerification verify(String text) {
    return new ExportVerifier(LogKeys.byLog(keys))
        .verify(ExportReader.of(new StringReader(text), ExportFormat.JSONL));
  }

  private Stream<JsonObject> cases(String which) {
    return vectors.getJsonArray(which).getValuesAs(JsonObject.class).stream();
  }

  @TestFactory
  Stream<DynamicTest> every_export_that_is_one_holds() {
    return cases("valid")
        .map(
            vector ->
                dynamicTest(
                    vector.getString("about"),
                    () ->
                        assertThat(
                                verify(
                                    vector
                                        .getJsonArray("lines")
                                        .getValuesAs(JsonString::getString)
                                        .stream()
                                        .collect(Collectors.joining("\n", "", "\n"))))
                            .isInstanceOf(ExportVerification.Verified.class)));
  }

  @TestFactory
  Stream<DynamicTest> every_other_is_refused_with_its_code() {
    return cases("invalid")
        .map(
            vector ->
                dynamicTest(
                    vector.getString("about"),
                    () ->
                        assertThat(verify(vector.getString("text")))
                            .isInstanceOfSatisfying(
                                ExportVerification.Refused.class,
                                refused ->
                                    assertThat(refused.code())
                                        .as(refused.why())
                                        .isEqualTo(ErrorCode.valueOf(vector.getString("code"))))));
  }
}
