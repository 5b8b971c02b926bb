package io.talos.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.port.UnverifiedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mallory signs requests in ways of her own. */
class ForeignSignatureFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_request_is_refused_or_its_signature_has_a_base(byte[] data) {
    List<String> lines = Foreign.lines(Bytes.of(data).utf8(), 5);
    UnverifiedRequest request =
        new UnverifiedRequest(
            "any",
            "POST",
            lines.get(0),
            Map.of(
                Headers.SIGNATURE_INPUT, List.of(lines.get(1)),
                Headers.SIGNATURE, List.of(lines.get(2)),
                Headers.CONTENT_DIGEST, List.of(lines.get(3))),
            Optional.of(Bytes.utf8(lines.get(4))),
            "192.0.2.1",
            Optional.empty());
    SignableMessage message = SignableMessage.of(request);

    Foreign.read(() -> TargetUri.parse(lines.get(0)));
    Foreign.read(() -> ContentDigest.parse(lines.get(3)));
    Foreign.read(() -> FieldReader.dictionary(lines.get(1)))
        .ifPresent(members -> assertThat(members.keySet()).allMatch(lines.get(1)::contains));
    Foreign.read(() -> UnverifiedSignature.read(message))
        .ifPresent(signature -> Foreign.read(() -> SignatureBase.of(message, signature.input())));
    boolean ours =
        new SignatureVerification(Duration.ofSeconds(5))
            .verify(request, NOW)
            .match(verified -> false, refused -> refused.code().httpStatus() >= 500);
    assertThat(ours).as("a stranger's request is never our fault").isFalse();
  }

  private static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");
}
