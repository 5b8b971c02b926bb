package io.talos.contracts.interop;

import static io.talos.contracts.interop.V1Cast.ALICE;
import static io.talos.contracts.interop.V1Cast.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Mallory sends Talos 1.x frames and attestations, and may sign what she likes as a peer. */
class ForeignOneXSessionFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_frame_or_an_attestation_is_taken_once_or_refused(byte[] data) {
    Bytes bytes = Bytes.of(data);
    isTakenAtMostOnce(bytes);
    Foreign.read(() -> StrictJson.parseObject(bytes, Limits.REQUEST))
        .flatMap(json -> Foreign.read(() -> signed(json)))
        .ifPresent(frame -> isTakenAtMostOnce(V1Cast.text(frame)));
    isNeverTaken(Foreign.lines(bytes.utf8(), 6));
  }

  private static void isTakenAtMostOnce(Bytes frame) {
    V1McpReceiver receiver = new V1McpReceiver();
    for (Optional<Bytes> key : List.of(Optional.<Bytes>empty(), Optional.of(ALICE.publicKey()))) {
      isTaken(receiver, frame, key);
      assertThat(isTaken(receiver, frame, key)).as("taken again").isFalse();
    }
  }

  private static boolean isTaken(V1McpReceiver receiver, Bytes frame, Optional<Bytes> key) {
    return receiver
        .receive(frame, Optional.empty(), key, NOW, link -> false)
        .match(
            accepted -> true,
            refused -> {
              assertThat(refused.code().httpStatus()).isLessThan(500);
              return false;
            });
  }

  /** The nonce was always used already, so not even a good signature helps. */
  private static void isNeverTaken(List<String> lines) {
    V1Attestation attestation =
        new V1Attestation(
            lines.get(0),
            lines.get(1),
            Optional.of(lines.get(5)).filter(body -> !body.isEmpty()).map(Bytes::utf8),
            lines.get(2),
            NOW.getEpochSecond(),
            lines.get(3));
    Optional<String> signature =
        Foreign.read(() -> Base64Url.encode(ALICE.sign(attestation.signingInput())));
    for (String text : List.of(lines.get(4), signature.orElse(""))) {
      assertThat(Foreign.read(() -> taken(attestation, text))).isEmpty();
    }
  }

  private static boolean taken(V1Attestation attestation, String signature) {
    attestation.require(signature, ALICE.publicKey(), "alice", NOW, (key, nonce, until) -> false);
    return true;
  }

  private static JsonObject signed(JsonObject json) {
    JsonObject unsigned = Json.createObjectBuilder(json).remove("sig").build();
    String signature = Base64Url.encode(ALICE.sign(CanonicalJson.encode(unsigned)));
    return Json.createObjectBuilder(unsigned).add("sig", signature).build();
  }
}
