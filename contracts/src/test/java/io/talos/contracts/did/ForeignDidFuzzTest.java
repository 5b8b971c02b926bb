package io.talos.contracts.did;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;

/** Mallory names somebody. */
class ForeignDidFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_name_is_refused_or_is_the_one_name_of_its_key(byte[] data) {
    String text = Bytes.of(data).utf8();

    Foreign.read(() -> Did.parse(text)).ifPresent(did -> isOneName(did, text));
    Foreign.read(() -> KeyUrl.parse(text));
    Foreign.read(() -> Did.parseKeyUrl(text))
        .ifPresent(did -> assertThat(Did.parse(did.text())).isEqualTo(did));
    Foreign.read(() -> Multikey.parse(text))
        .ifPresent(key -> assertThat(key.text()).isEqualTo(text));
  }

  private static void isOneName(Did did, String text) {
    assertThat(Did.parse(did.text())).isEqualTo(did);
    if (did.method() == Did.Method.KEY) {
      assertThat(Did.ofKey(did.publicKey())).isEqualTo(did);
      assertThat(text).isIn(did.text(), did.alias());
    } else {
      assertThat(text).isEqualTo(did.text());
      Foreign.read(() -> DidWebUrl.of(did));
    }
  }
}
