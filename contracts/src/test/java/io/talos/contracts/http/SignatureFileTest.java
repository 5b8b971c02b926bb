package io.talos.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of contracts/vectors/signature, which {@code -Dtalos.vectors.write=true} writes. */
class SignatureFileTest {
  private static final io.talos.contracts.json.Limits LIMITS =
      new io.talos.contracts.json.Limits(4 << 20, 16, 100_000);
  private static final long SKEW_SECONDS = 5;

  private final SignatureVerification verification =
      new SignatureVerification(Duration.ofSeconds(SKEW_SECONDS));

  @Test
  void the_file_is_what_its_cases_say() throws IOException {
    String text = text(RequestCases.all());
    if (Boolean.getBoolean("talos.vectors.write")) {
      Files.writeString(file(), text);
    }

    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @TestFactory
  Stream<DynamicTest> every_case_has_its_answer() throws IOException {
    JsonObject file = StrictJson.parseObject(Bytes.of(Files.readAllBytes(file())), LIMITS);
    List<JsonObject> tests =
        file.getJsonArray("testGroups")
            .getJsonObject(0)
            .getJsonArray("tests")
            .getValuesAs(JsonObject.class);
    assertThat(tests).hasSize(file.getInt("numberOfTests")).hasSizeGreaterThan(60);
    return tests.stream()
        .map(
            t ->
                DynamicTest.dynamicTest(
                    t.getInt("tcId") + " " + t.getString("comment"), () -> check(t)));
  }

  private void check(JsonObject test) {
    Map<String, List<String>> headers = new TreeMap<>();
    JsonObject sent = test.getJsonObject("headers");
    for (String name : sent.keySet()) {
      headers.put(name, sent.getJsonArray(name).getValuesAs(JsonString::getString));
    }
    Optional<Bytes> body =
        test.containsKey("body")
            ? Optional.of(Base64Url.decode(test.getString("body")))
            : Optional.empty();
    UnverifiedRequest request =
        new UnverifiedRequest(
            "vector",
            test.getString("method"),
            test.getString("targetUri"),
            headers,
            body,
            "192.0.2.1",
            Optional.empty());

    String answer =
        verification
            .verify(request, WireTime.parse(test.getString("now")))
            .match(
                good -> "valid " + good.did() + " " + good.key().hex(),
                refused -> refused.code().name());

    String expected =
        test.getString("result").equals("valid")
            ? "valid " + test.getString("did") + " " + test.getString("publicKey")
            : test.getString("code");
    assertThat(answer).as(test.getString("comment")).isEqualTo(expected);
  }

  private static Path file() {
    return Path.of(System.getProperty("talos.root", ".."))
        .resolve("contracts/vectors/signature/request_test.json");
  }

  private String text(List<RequestCase> cases) {
    StringBuilder tests = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      tests.append(i == 0 ? "\n" : ",\n").append("      ").append(test(i + 1, cases.get(i)));
    }
    return "{\n  \"algorithm\": \"RFC 9421, tag talos\",\n  \"numberOfTests\": "
        + cases.size()
        + ",\n  \"testGroups\": [\n    {\"type\":\"RequestSignatureVerify\",\"skewSeconds\":"
        + SKEW_SECONDS
        + ",\"tests\":["
        + tests
        + "\n    ]}\n  ]\n}\n";
  }

  private static JsonObject test(int id, RequestCase asked) {
    JsonObjectBuilder headers = Json.createObjectBuilder();
    asked
        .headers()
        .forEach(
            (name, lines) -> {
              JsonArrayBuilder array = Json.createArrayBuilder();
              lines.forEach(array::add);
              headers.add(name, array);
            });
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("tcId", id)
            .add("comment", asked.comment())
            .add("method", asked.method())
            .add("targetUri", asked.target())
            .add("headers", headers)
            .add("now", RequestCases.NOW);
    asked.body().ifPresent(b -> json.add("body", Base64Url.encode(b)));
    json.add("result", asked.code().isEmpty() ? "valid" : "invalid");
    asked.code().ifPresent(code -> json.add("code", code.name()));
    if (asked.code().isEmpty()) {
      json.add("did", RequestCases.signerDid());
      json.add("publicKey", RequestCases.signerKey(asked));
    }
    return json.build();
  }
}
