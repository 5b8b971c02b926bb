package io.talos.contracts.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs contracts/vectors/capability, which another implementation wrote. */
class CapabilityVectorsTest {
  private static final io.talos.contracts.json.Limits LIMITS =
      new io.talos.contracts.json.Limits(4 << 20, 16, 100_000);
  private static final String VERIFIED = "VERIFIED";

  @TestFactory
  Stream<DynamicTest> every_case_of_the_vector_file() throws IOException {
    JsonObject file = read("chains.v1.json");
    List<JsonObject> cases = file.getJsonArray("cases").getValuesAs(JsonObject.class);

    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
    assertThat(cases.stream().filter(c -> !c.getString("expect").equals(VERIFIED)).count())
        .as("negative cases")
        .isGreaterThan(cases.size() / 2);
    assertThat(cases.stream().map(c -> c.getString("id")).distinct()).hasSameSizeAs(cases);
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.getString("id"), () -> run(file, c)));
  }

  @TestFactory
  Stream<DynamicTest> every_actor_is_the_key_of_their_seed() throws IOException {
    return read("chains.v1.json").getJsonObject("actors").entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> actor(e.getValue().asJsonObject())));
  }

  private static void actor(JsonObject actor) {
    SecretBytes seed = SecretBytes.of(Base64Url.decode(actor.getString("seed")).toArray());
    assertThat(Did.ofKey(Ed25519.fromSeed(seed).publicKey()).text())
        .isEqualTo(actor.getString("did"));
  }

  private static void run(JsonObject file, JsonObject c) {
    String issuer = file.getJsonObject("actors").getJsonObject("issuer").getString("did");
    CapabilityVerifier verifier =
        new CapabilityVerifier(
            Set.of(Did.parse(issuer)), c.getString("audience", file.getString("audience")));
    UnverifiedCapability chain;
    try {
      chain = UnverifiedCapability.parse(c.getString("header"));
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_INVALID);
      assertThat(e.code().name()).isEqualTo(c.getString("expect"));
      return;
    }
    Presentation shown =
        new Presentation(
            c.getString("presenter"),
            need(c.getJsonObject("need")),
            WireTime.parse(c.getString("now")));

    String answer =
        verifier
            .verify(chain, shown)
            .match(good -> verified(good.capability(), c), refused -> refused.code().name());

    assertThat(answer).as(c.getString("why")).isEqualTo(c.getString("expect"));
  }

  private static String verified(Capability capability, JsonObject c) {
    if (c.containsKey("hash")) {
      assertThat(capability.hash().hex()).isEqualTo(c.getString("hash"));
      assertThat(capability.linkHashes().stream().map(Bytes::hex))
          .containsExactlyElementsOf(c.getJsonArray("links").getValuesAs(JsonString::getString));
    }
    JsonObject arguments =
        c.containsKey("arguments") ? c.getJsonObject("arguments") : JsonValue.EMPTY_JSON_OBJECT;
    boolean broken = c.containsKey("arguments") && capability.brokenBy(arguments).isPresent();
    return broken ? ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED.name() : VERIFIED;
  }

  private static Need need(JsonObject need) {
    return switch (need.getString("kind")) {
      case "call" -> new Need.Call(need.getString("tool"), need.getString("method"));
      case "whole" -> new Need.Whole(need.getString("tool"));
      case "any" -> new Need.Any(need.getString("tool"));
      case "inspection" -> new Need.Inspection();
      default -> throw new IllegalStateException("an unknown kind of need");
    };
  }

  private static JsonObject read(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("talos.root", ".."), "contracts", "vectors", "capability", name);
    return StrictJson.parseObject(Bytes.of(Files.readAllBytes(file)), LIMITS);
  }
}
