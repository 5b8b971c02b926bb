package io.talos.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.StrictJson;

/** Mallory writes policy documents. */
class ForeignPolicyFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_document_is_refused_or_means_one_thing(byte[] data) {
    String text = Bytes.of(data).utf8();

    Foreign.read(() -> Permission.parse(text));
    Foreign.read(
            () -> StrictJson.parseObject(Bytes.of(data), io.talos.contracts.json.Limits.REQUEST))
        .flatMap(json -> Foreign.read(() -> PolicyDocument.of(json)))
        .ifPresent(document -> assertThat(PolicyDocument.of(document.json())).isEqualTo(document));
  }
}
