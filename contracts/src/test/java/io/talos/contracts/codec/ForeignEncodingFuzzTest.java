package io.talos.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;

/** Mallory writes bytes as text. */
class ForeignEncodingFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_text_is_refused_or_is_the_one_text_of_its_bytes(byte[] data) {
    String text = Bytes.of(data).utf8();

    Foreign.read(() -> Base64Url.decode(text))
        .ifPresent(bytes -> assertThat(Base64Url.encode(bytes)).isEqualTo(text));
    Foreign.read(() -> Hex.decode(text))
        .ifPresent(bytes -> assertThat(Hex.encode(bytes.toArray())).isEqualTo(text));
    Foreign.read(() -> Base58.decode(text))
        .filter(bytes -> bytes.size() <= Base58.BYTES_MAX)
        .ifPresent(bytes -> assertThat(Base58.encode(bytes)).isEqualTo(text));
  }
}
