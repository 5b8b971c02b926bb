package io.talos.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.identity.keys.VirtualKeyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mallory sends every header that could be a credential. */
class ForeignCredentialFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");

  /** A line of the input is one value; a header that stands twice may have two. */
  private static final List<String> HEADERS =
      List.of(
          "authorization",
          "authorization",
          "signature-input",
          "signature",
          Attestation.KEY_ID,
          Attestation.TIMESTAMP,
          Attestation.NONCE,
          Attestation.SIGNATURE,
          "talos-capability");

  @FuzzTest(maxDuration = "60s")
  void a_request_bears_one_credential_or_is_refused(byte[] data) {
    List<String> lines = List.of(Bytes.of(data).utf8().split("\n", HEADERS.size() + 2));
    UnverifiedRequest request = request(lines);

    Credential credential = Credential.of(request);
    int kinds = (has(request, "authorization") ? 1 : 0) + (isSigned(request) ? 1 : 0);
    kinds += Attestation.isPresent(request) ? 1 : 0;
    if (kinds != 1) {
      assertThat(credential).isInstanceOf(Credential.Unusable.class);
    }
    if (credential instanceof Credential.Unusable refused) {
      isTheirFault(refused.code());
    }
    if (credential instanceof Credential.Key key) {
      assertThat(request.header("authorization").get(0)).endsWith(" " + key.text().reveal());
    }
    VirtualKeyText.parse(lines.get(0))
        .ifPresent(key -> assertThat(key.reveal()).isEqualTo(lines.get(0)));
    Attestation.claimedKeyId(request);
    attestationIsRefused(request);
  }

  /** The nonce was always used already, so not even a good signature helps. */
  private static void attestationIsRefused(UnverifiedRequest request) {
    try {
      Attestation read = Attestation.read(request);
      read.signed()
          .require(
              read.signature(), read.key().key(), read.key().text(), NOW, (key, nonce, t) -> false);
    } catch (TalosException refused) {
      isTheirFault(refused.code());
      return;
    }
    throw new AssertionError("a used nonce was taken");
  }

  private static void isTheirFault(ErrorCode code) {
    assertThat(code.httpStatus()).isLessThan(500);
  }

  private static boolean has(UnverifiedRequest request, String header) {
    return !request.header(header).isEmpty();
  }

  private static boolean isSigned(UnverifiedRequest request) {
    return has(request, "signature") || has(request, "signature-input");
  }

  private static UnverifiedRequest request(List<String> lines) {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < Math.min(HEADERS.size(), lines.size()); i++) {
      if (!lines.get(i).isEmpty()) {
        headers.computeIfAbsent(HEADERS.get(i), h -> new ArrayList<>()).add(lines.get(i));
      }
    }
    List<String> rest = lines.subList(Math.min(HEADERS.size(), lines.size()), lines.size());
    return new UnverifiedRequest(
        "notes.read",
        "POST",
        rest.isEmpty() ? "https://talos.example.org/" : rest.get(0),
        headers,
        rest.size() < 2 ? Optional.empty() : Optional.of(Bytes.utf8(rest.get(1))),
        "192.0.2.1",
        Optional.empty());
  }
}
