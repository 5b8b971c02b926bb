package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.StrictJson;

/** Mallory sends frames and publishes prekeys. */
class ForeignFrameFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_frame_or_a_bundle_is_refused_or_written_as_it_was_read(byte[] data) {
    Foreign.read(
            () -> StrictJson.parseObject(Bytes.of(data), io.talos.contracts.json.Limits.REQUEST))
        .ifPresent(
            json -> {
              Foreign.read(() -> UnverifiedFrame.fromJson(json))
                  .ifPresent(ForeignFrameFuzzTest::isReadAgain);
              Foreign.read(() -> PrekeyBundle.fromJson(json))
                  .ifPresent(
                      bundle -> {
                        assertThat(PrekeyBundle.fromJson(bundle.toJson())).isEqualTo(bundle);
                        Foreign.read(
                            () -> {
                              bundle.require(bundle.identity().did(), Cast.NOW);
                              return bundle;
                            });
                      });
              Foreign.read(() -> OneXPrekeyBundle.fromJson(json));
            });
  }

  private static final Bytes ALICES_KEY = Cast.signing("alice").publicKey();

  private static void isReadAgain(UnverifiedFrame frame) {
    assertThat(UnverifiedFrame.fromJson(frame.toJson())).isEqualTo(frame);
    frame.check(ALICES_KEY, Cast.NOW);
  }
}
