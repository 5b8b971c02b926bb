package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.refused;
import static io.talos.identity.Authentication.signed;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.MALLORY;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.port.RequestAuthentication.Refused;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory recorded what Bob sent, and sends it again; or she signs with a key nobody knows. */
@Threat("T-REPLAY-01")
class ReplayedRequestTest {
  private final Authentication server = new Authentication();

  @BeforeEach
  void alice_and_bob_are_registered() {
    server.agents.add(ALICE.agent());
    server.agents.add(BOB.agent());
  }

  @Test
  void bobs_signed_request_is_known_as_his_with_the_proof_that_he_asked() {
    Authenticated known = authenticated(server.authenticate(signed(BOB, NOW)));

    assertThat(known.principal()).isEqualTo(BOB.principal());
    assertThat(known.principal().mode()).isEqualTo(AuthMode.SIGNED);
    boolean provable =
        known
            .proof()
            .match(
                proof ->
                    Ed25519.verify(BOB.signing().publicKey(), proof.base(), proof.signature())
                        && proof.keyId().equals(BOB.did().keyUrl()),
                bearer -> false);
    assertThat(provable).isTrue();
  }

  @Test
  void a_request_sent_twice_is_refused_the_second_time() {
    UnverifiedRequest request = signed(BOB, NOW);
    authenticated(server.authenticate(request));

    Refused refusal = refused(server.authenticate(request));

    assertThat(refusal.code()).isEqualTo(ErrorCode.REPLAY_DETECTED);
    assertThat(refusal.unverifiedKeyId()).contains(BOB.did().keyUrl());
    assertThat(server.nonces.size()).isEqualTo(1);
  }

  @Test
  void a_forged_request_does_not_spend_the_nonce_of_the_real_one() {
    UnverifiedRequest real = signed(BOB, NOW);
    UnverifiedRequest forged =
        new UnverifiedRequest(
            real.surface(),
            "DELETE",
            real.targetUri(),
            real.headers(),
            real.body(),
            real.clientAddress(),
            real.operator());

    assertThat(code(server.authenticate(forged))).isEqualTo(ErrorCode.AUTH_INVALID_SIGNATURE);

    assertThat(server.nonces.size()).isZero();
    authenticated(server.authenticate(real));
  }

  @Test
  void after_the_nonces_were_lost_what_was_signed_before_is_refused() {
    UnverifiedRequest request = signed(BOB, NOW);
    authenticated(server.authenticate(request));

    server.nonces.lose();

    assertThat(code(server.authenticate(request))).isEqualTo(ErrorCode.AUTH_EXPIRED);
  }

  @Test
  void a_fast_clock_does_not_carry_a_request_over_the_loss_of_the_nonces() {
    UnverifiedRequest ahead = signed(BOB, NOW.plusSeconds(5));
    authenticated(server.authenticate(ahead));

    server.nonces.lose();

    Instant afterLoss = NOW.plusSeconds(1);
    assertThat(code(server.authentication.authenticate(ahead, false, afterLoss)))
        .isEqualTo(ErrorCode.AUTH_EXPIRED);
    Instant recovered = afterLoss.plusSeconds(5);
    authenticated(server.authentication.authenticate(signed(BOB, recovered), false, recovered));
  }

  @Test
  void a_key_that_nobody_registered_is_refused_and_leaves_no_trace_in_the_nonces() {
    UnverifiedRequest request = signed(MALLORY, NOW);

    Refused refusal = refused(server.authenticate(request));

    assertThat(refusal.code()).isEqualTo(ErrorCode.AGENT_NOT_REGISTERED);
    assertThat(refusal.unverifiedKeyId()).contains(MALLORY.did().keyUrl());
    assertThat(server.nonces.size()).isZero();
  }

  @Test
  void an_unregistered_key_is_enough_to_register_and_its_request_is_taken_once_too() {
    UnverifiedRequest request = signed(MALLORY, NOW);

    Authenticated known = authenticated(server.authentication.authenticate(request, true, NOW));

    assertThat(known.principal().kind()).isEqualTo(PrincipalKind.AGENT);
    assertThat(known.principal().id()).isEqualTo(MALLORY.did().text());
    assertThat(code(server.authentication.authenticate(request, true, NOW)))
        .isEqualTo(ErrorCode.REPLAY_DETECTED);
  }

  @Test
  void a_revoked_agent_is_refused_also_where_strangers_may_sign() {
    server.agents.revoke(BOB.did(), NOW);

    assertThat(code(server.authenticate(signed(BOB, NOW)))).isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(code(server.authentication.authenticate(signed(BOB, NOW), true, NOW)))
        .isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(server.nonces.size()).isZero();
  }

  @Test
  void a_request_is_refused_from_its_expiry_on_and_when_it_comes_from_the_future() {
    assertThat(code(server.authenticate(signed(BOB, NOW.minusSeconds(30)))))
        .isEqualTo(ErrorCode.AUTH_EXPIRED);
    assertThat(code(server.authenticate(signed(BOB, NOW.plusSeconds(6)))))
        .isEqualTo(ErrorCode.AUTH_NOT_YET_VALID);
    authenticated(server.authenticate(signed(BOB, NOW.minusSeconds(29))));
    authenticated(server.authenticate(signed(BOB, NOW.plusSeconds(5))));
  }
}
