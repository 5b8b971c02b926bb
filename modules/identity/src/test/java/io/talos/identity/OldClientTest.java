package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.with;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.interop.V1Attestation;
import io.talos.contracts.port.RequestAuthentication;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice has a client of Talos 1.x, and Mallory sees what it sends. */
@Threat("T-REPLAY-01")
class OldClientTest {
  private static final String PATH = "/identity/whoami?b=2&a=1";

  private final Authentication server = new Authentication();

  @BeforeEach
  void alice_is_registered() {
    server.agents.add(ALICE.agent());
  }

  private static UnverifiedRequest attested(People who, Instant at, String nonce, String body) {
    return attested(who, who.signing().publicKey().hex(), at, nonce, body, "identity.whoami");
  }

  private static UnverifiedRequest attested(
      People who, String keyId, Instant at, String nonce, String body, String opcode) {
    Optional<Bytes> bytes = body.isEmpty() ? Optional.empty() : Optional.of(Bytes.utf8(body));
    V1Attestation signed =
        new V1Attestation("POST", PATH, bytes, nonce, at.getEpochSecond(), opcode);
    return new UnverifiedRequest(
        "identity.whoami",
        "POST",
        "http://127.0.0.1:9080" + PATH,
        Map.of(
            "x-talos-key-id", List.of(keyId),
            "x-talos-timestamp", List.of(Long.toString(at.getEpochSecond())),
            "x-talos-nonce", List.of(nonce),
            "x-talos-signature",
                List.of(Base64Url.encode(who.signing().sign(signed.signingInput())))),
        bytes,
        "127.0.0.1",
        Optional.empty());
  }

  @Test
  void an_attested_request_is_its_agents_but_cannot_be_proved_to_a_third_party() {
    RequestAuthentication.Authenticated alice =
        authenticated(server.authenticate(attested(ALICE, NOW, "nonce-01", "{\"a\":1}")));

    assertThat(alice.principal().id()).isEqualTo(ALICE.did().text());
    assertThat(alice.principal().mode()).isEqualTo(AuthMode.BEARER);
    assertThat(alice.proof())
        .isEqualTo(
            new Proof.Bearer(
                "attestation-v1:" + ALICE.did().keyUrl(), Optional.of(ALICE.did().keyUrl())));
  }

  @Test
  void the_key_may_be_named_by_did_alias_and_did_url_too() {
    for (String keyId : List.of(ALICE.did().text(), ALICE.did().alias(), ALICE.did().keyUrl())) {
      authenticated(
          server.authenticate(
              attested(ALICE, keyId, NOW, "nonce-" + keyId.length(), "", "identity.whoami")));
    }
  }

  @Test
  void a_copy_is_refused_and_a_forgery_does_not_spend_the_nonce() {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "");
    UnverifiedRequest forged = with(real, "x-talos-timestamp", "" + (NOW.getEpochSecond() + 1));

    assertThat(code(server.authenticate(forged))).isEqualTo(ErrorCode.AUTH_INVALID);
    authenticated(server.authenticate(real));
    assertThat(code(server.authenticate(real))).isEqualTo(ErrorCode.REPLAY_DETECTED);
  }

  @Test
  void what_was_signed_for_another_surface_is_refused() {
    String keyId = ALICE.did().text();

    assertThat(
            code(
                server.authenticate(
                    attested(ALICE, keyId, NOW, "nonce-01", "", "audit.events.get"))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_minute_is_the_bound_and_a_second_more_is_too_much() {
    authenticated(server.authenticate(attested(ALICE, NOW.minusSeconds(60), "nonce-01", "")));
    authenticated(server.authenticate(attested(ALICE, NOW.plusSeconds(60), "nonce-02", "")));
    assertThat(code(server.authenticate(attested(ALICE, NOW.minusSeconds(61), "nonce-03", ""))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(code(server.authenticate(attested(ALICE, NOW.plusSeconds(61), "nonce-04", ""))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_body_that_two_parsers_could_read_differently_is_refused() {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "{\"a\":1}");
    UnverifiedRequest twice =
        new UnverifiedRequest(
            real.surface(),
            real.method(),
            real.targetUri(),
            real.headers(),
            Optional.of(Bytes.utf8("{\"a\":2,\"a\":1}")),
            real.clientAddress(),
            real.operator());

    assertThat(code(server.authenticate(twice))).isEqualTo(ErrorCode.AUTH_INVALID);
    authenticated(server.authenticate(real));
  }

  @Test
  void a_capability_that_no_signature_covers_is_refused() {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "");

    assertThat(code(server.authenticate(with(real, "talos-capability", "stolen"))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_second_credential_beside_it_is_ambiguous() {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "");

    assertThat(code(server.authenticate(with(real, "authorization", "Bearer x"))))
        .isEqualTo(ErrorCode.AUTH_AMBIGUOUS);
    assertThat(code(server.authenticate(with(real, "signature", "talos=:AA==:"))))
        .isEqualTo(ErrorCode.AUTH_AMBIGUOUS);
  }

  @Test
  void a_stranger_a_revoked_agent_and_a_retired_key_are_refused_and_leave_no_nonce() {
    assertThat(code(server.authenticate(attested(MALLORY, NOW, "nonce-01", ""))))
        .isEqualTo(ErrorCode.AGENT_NOT_REGISTERED);
    server.agents.revoke(ALICE.did(), NOW);
    assertThat(code(server.authenticate(attested(ALICE, NOW, "nonce-02", ""))))
        .isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(server.nonces.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-talos-key-id", "x-talos-timestamp", "x-talos-nonce"})
  void a_header_that_is_missing_or_senseless_is_refused(String header) {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "");

    assertThat(code(server.authenticate(with(real, header, "?"))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(code(server.authenticate(with(real, header, "x".repeat(256)))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void padding_has_the_code_that_old_clients_know() {
    UnverifiedRequest real = attested(ALICE, NOW, "nonce-01", "");
    String signature = real.header("x-talos-signature").get(0);

    assertThat(code(server.authenticate(with(real, "x-talos-signature", signature + "=="))))
        .isEqualTo(ErrorCode.SCHEMA_VALIDATION_ERROR);
  }
}
