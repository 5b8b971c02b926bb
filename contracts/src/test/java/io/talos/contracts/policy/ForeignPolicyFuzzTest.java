package io.talos.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Instant;

/** Mallory may draft policies. */
class ForeignPolicyFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_document_has_problems_or_can_be_decided_by(byte[] data) {
    Foreign.read(() -> StrictJson.parseObject(Bytes.of(data), Limits.REQUEST))
        .filter(json -> PolicyCheck.isUsable(CHECK.problems(json, NOW)))
        .ifPresent(ForeignPolicyFuzzTest::isReadAgain);
  }

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final PolicyCheck CHECK =
      new PolicyCheck(new SchemaLibrary(), SurfaceRegistry.load().all(), BuiltInPolicy.load());

  private static void isReadAgain(JsonObject json) {
    PolicyDocument document = PolicyDocument.of(json);
    Bytes canonical = CanonicalJson.encode(json);

    assertThat(PolicyDocument.of(StrictJson.parseObject(canonical, Limits.REQUEST)).digest())
        .isEqualTo(document.digest());
    assertThat(RedactedPolicy.of(document, Bytes.utf8("salt")).keySet()).isEqualTo(json.keySet());
    new ToolRules(document.tools()).forbids("notes", "read");
  }
}
