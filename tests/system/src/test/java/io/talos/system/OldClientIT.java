package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.interop.V1Attestation;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alice has a client of Talos 1.x, and Mallory replays, moves and upgrades what it sends. */
@OnTheStack
@Threat("T-REPLAY-01")
class OldClientIT {
  /** Half of how long the memory is blind, in seconds. */
  private static final long HALF = 35;

  private static final String WHOAMI = "/identity/whoami";

  private final Stack stack;
  private final Trail trail;
  private final Identity alice;

  OldClientIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
    this.alice = Agents.registered(stack);
    // For a minute after its beginning the memory of nonces refuses what it may have forgotten.
    long begun = System.nanoTime();
    if (isBlind()) {
      Patiently.until("half of that minute is over", () -> passed(begun, HALF));
      Patiently.until("the memory of nonces is old enough", () -> passed(begun, 2 * HALF));
    }
  }

  private static boolean passed(long begun, long seconds) {
    return System.nanoTime() - begun > seconds * 1_000_000_000L;
  }

  private boolean isBlind() {
    Http.Request probe = attested("GET", WHOAMI, "identity.whoami", "probe-" + System.nanoTime());
    return stack.http().send(probe).code().equals(ErrorCode.AUTH_EXPIRED.name());
  }

  private Http.Request attested(String method, String path, String surface, String nonce) {
    long now = Notes.now().getEpochSecond();
    V1Attestation signed = new V1Attestation(method, path, Optional.empty(), nonce, now, surface);
    return stack
        .http()
        .request(method, path)
        .header("X-Talos-Key-Id", alice.signing().publicKey().hex())
        .header("X-Talos-Timestamp", Long.toString(now))
        .header("X-Talos-Nonce", nonce)
        .header("X-Talos-Signature", Base64Url.encode(alice.signing().sign(signed.signingInput())));
  }

  @Test
  void an_attested_request_is_alices_once_and_the_log_says_that_it_proves_nothing() {
    Http.Request request = attested("GET", WHOAMI, "identity.whoami", "nonce-0001");

    Http.Answer first = stack.http().send(request);
    Http.Answer second = stack.http().send(request);

    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().getString("id")).isEqualTo(alice.did());
    assertThat(second.code()).isEqualTo(ErrorCode.REPLAY_DETECTED.name());
    JsonObject evidence =
        trail.one(Replies.request(first), "request.admitted").getJsonObject("evidence");
    assertThat(evidence.getString("mode")).isEqualTo("bearer");
    assertThat(evidence.toString()).contains("attestation-v1:" + alice.did());
  }

  @Test
  void what_was_attested_for_one_surface_is_refused_at_another() {
    Http.Request moved = attested("GET", "/policy/surfaces", "identity.whoami", "nonce-0002");

    assertThat(stack.http().send(moved).code()).isEqualTo(ErrorCode.AUTH_INVALID.name());
  }

  @Test
  void an_attestation_changes_nothing_because_nobody_could_prove_it() {
    Http.Request change =
        attested(
            "POST",
            "/identity/agents/" + alice.did() + "/prekeys/claim",
            "identity.prekeys.claim",
            "nonce-0003");

    assertThat(stack.http().send(change).code())
        .isEqualTo(ErrorCode.AUTH_METHOD_NOT_ALLOWED.name());
  }
}
