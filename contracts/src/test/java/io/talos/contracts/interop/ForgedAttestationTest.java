package io.talos.contracts.interop;

import static io.talos.contracts.interop.V1Cast.ALICE;
import static io.talos.contracts.interop.V1Cast.MALLORY;
import static io.talos.contracts.interop.V1Cast.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory sends an attested request again, late, or turned into another. */
@Threat("T-REPLAY-01")
@Threat("T-IMPERSONATION-01")
class ForgedAttestationTest {
  private final Set<String> taken = new HashSet<>();
  private final V1Attestation.NonceMemory memory = (key, nonce, until) -> taken.add(key + nonce);
  private final V1Attestation good = request("/notes?x=1", "nonce-0001", NOW.getEpochSecond());

  @Test
  void a_request_is_taken_once() {
    String signature = sign(good);

    good.require(signature, ALICE.publicKey(), "alice", NOW, memory);

    refused(ErrorCode.REPLAY_DETECTED, good, signature, NOW);
  }

  @Test
  void nothing_of_it_can_be_changed_and_a_forger_uses_up_no_nonce() {
    String signature = sign(good);
    long time = NOW.getEpochSecond();

    refused(ErrorCode.AUTH_INVALID, request("/notes?x=2", "nonce-0001", time), signature, NOW);
    refused(ErrorCode.AUTH_INVALID, request("/notes?x=1", "nonce-0002", time), signature, NOW);
    refused(ErrorCode.AUTH_INVALID, request("/notes?x=1", "nonce-0001", time + 1), signature, NOW);
    String mallorys = Base64Url.encode(MALLORY.sign(good.signingInput()));
    refused(ErrorCode.AUTH_INVALID, good, mallorys, NOW);
    assertThat(taken).isEmpty();
  }

  @Test
  void the_window_is_sixty_seconds_on_both_sides() {
    good.require(sign(good), ALICE.publicKey(), "a", NOW.plusSeconds(60), memory);
    good.require(sign(good), ALICE.publicKey(), "b", NOW.minusSeconds(60), memory);

    refused(ErrorCode.AUTH_INVALID, good, sign(good), NOW.plusSeconds(61));
    refused(ErrorCode.AUTH_INVALID, good, sign(good), NOW.minusSeconds(61));
    V1Attestation endless = request("/", "nonce-0001", Long.MIN_VALUE);
    refused(ErrorCode.AUTH_INVALID, endless, sign(endless), NOW);
  }

  @Test
  void no_line_can_be_smuggled_into_another() {
    V1Attestation smuggled = request("/a\nnonce-0001", "nonce-0001", NOW.getEpochSecond());

    refused(ErrorCode.AUTH_INVALID, smuggled, sign(good), NOW);
    refused(ErrorCode.AUTH_INVALID, request("/\u00e9", "nonce-0001", 0), sign(good), NOW);
    refused(ErrorCode.AUTH_INVALID, request("/", "short", 0), sign(good), NOW);
    refused(ErrorCode.AUTH_INVALID, request("/", "n".repeat(129), 0), sign(good), NOW);
  }

  @Test
  void a_body_that_two_readers_could_read_differently_is_refused() {
    V1Attestation twice =
        new V1Attestation(
            "POST", "/", Optional.of(Bytes.utf8("{\"a\":1,\"a\":2}")), "nonce-0001", 0, "op");

    refused(ErrorCode.AUTH_INVALID, twice, sign(good), NOW);
  }

  @Test
  void an_empty_object_is_another_body_than_none() {
    V1Attestation none = new V1Attestation("POST", "/", Optional.empty(), "nonce-0001", 0, "op");
    V1Attestation empty =
        new V1Attestation("POST", "/", Optional.of(Bytes.utf8("{}")), "nonce-0001", 0, "op");

    assertThat(empty.signingInput()).isNotEqualTo(none.signingInput());
  }

  @Test
  void a_padded_signature_has_its_own_code() {
    refused(ErrorCode.SCHEMA_VALIDATION_ERROR, good, sign(good) + "==", NOW);
    refused(ErrorCode.AUTH_INVALID, good, sign(good).substring(1), NOW);
    refused(ErrorCode.AUTH_INVALID, good, "", NOW);
  }

  private static V1Attestation request(String target, String nonce, long time) {
    return new V1Attestation("GET", target, Optional.empty(), nonce, time, "notes.read");
  }

  private static String sign(V1Attestation request) {
    return Base64Url.encode(ALICE.sign(request.signingInput()));
  }

  private void refused(ErrorCode code, V1Attestation request, String signature, Instant now) {
    assertThatThrownBy(() -> request.require(signature, ALICE.publicKey(), "alice", now, memory))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
