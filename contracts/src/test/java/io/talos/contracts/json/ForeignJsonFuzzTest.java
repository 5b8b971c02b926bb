package io.talos.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import jakarta.json.JsonValue;

/** Mallory sends JSON, or what looks like it. */
class ForeignJsonFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_text_is_refused_or_has_one_canonical_form(byte[] data) {
    Foreign.read(() -> StrictJson.parse(Bytes.of(data), Limits.REQUEST))
        .ifPresent(ForeignJsonFuzzTest::hasOneCanonicalForm);
  }

  private static void hasOneCanonicalForm(JsonValue value) {
    Bytes canonical = CanonicalJson.encode(value);

    assertThat(CanonicalJson.encode(StrictJson.parse(canonical, Limits.REQUEST)))
        .isEqualTo(canonical);
  }
}
