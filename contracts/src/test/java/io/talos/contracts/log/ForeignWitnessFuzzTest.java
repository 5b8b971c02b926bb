package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;

/** Mallory asks a witness, or plays one. */
class ForeignWitnessFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_request_is_refused_or_written_as_it_was_read(byte[] data) {
    Foreign.read(() -> AddCheckpoint.parse(Bytes.of(data)))
        .ifPresent(request -> assertThat(Bytes.utf8(request.encoded())).isEqualTo(Bytes.of(data)));
  }
}
