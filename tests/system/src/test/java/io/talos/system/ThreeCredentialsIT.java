package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.talos.client.Identity;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.OperatorIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory wants to be somebody: one resource, three kinds of credential, each also tried wrong. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class ThreeCredentialsIT {
  private static final String WHOAMI = "/identity/whoami";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final Stack stack;
  private final Http http;
  private final OperatorIssuer issuer;

  ThreeCredentialsIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.issuer = stack.launcher().issuer();
  }

  private Http.Answer signed(Ed25519.KeyPair key) {
    return http.send(http.request("GET", WHOAMI).signed(stack.baseUri(), key, Optional.empty()));
  }

  private Http.Answer bearer(String token) {
    return http.send(http.request("GET", WHOAMI).bearer(token));
  }

  private String issueVirtualKey() {
    Http.Answer issued =
        http.send(
            http.request("POST", "/identity/keys")
                .bearer(stack.operatorToken())
                .json("{\"name\":\"three-credentials\"}"));
    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    return issued.json().getString("key");
  }

  @Test
  void a_registered_agent_is_known_by_its_signature() {
    Identity alice = Agents.registered(stack);

    Http.Answer answer = signed(alice.signing());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getString("kind")).isEqualTo("agent");
    assertThat(answer.json().getString("id")).isEqualTo(alice.did());
    assertThat(answer.json().getString("mode")).isEqualTo("signed");
  }

  @Test
  void a_key_that_nobody_registered_is_refused() {
    assertThat(signed(Ed25519.generate(Randomness.secure())).code())
        .isEqualTo("AGENT_NOT_REGISTERED");
  }

  @Test
  void a_virtual_key_is_known_as_a_client() {
    Http.Answer answer = bearer(issueVirtualKey());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getString("kind")).isEqualTo("client");
    assertThat(answer.json().getString("mode")).isEqualTo("bearer");
  }

  @Test
  void a_virtual_key_with_one_letter_changed_is_refused() {
    String key = issueVirtualKey();
    char last = key.charAt(key.length() - 2) == 'A' ? 'B' : 'A';
    String forged = key.substring(0, key.length() - 2) + last + key.charAt(key.length() - 1);

    assertThat(bearer(forged).code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void an_operator_is_known_by_a_token_of_the_identity_provider() {
    Http.Answer answer = bearer(stack.operatorToken());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getString("kind")).isEqualTo("operator");
  }

  @Test
  void a_token_signed_by_a_rotated_key_is_accepted_without_a_restart() {
    issuer.rotate();

    Http.Answer answer = bearer(stack.operatorToken());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void a_token_of_a_stolen_key_is_refused_soon_after_the_provider_dropped_the_key() {
    String stolen = issuer.sign(issuer.claims("mallory", Set.of("operator"), TEN_MINUTES).build());
    assertThat(bearer(stolen).status()).isEqualTo(200);

    issuer.rotate();
    issuer.retireOld();

    Patiently.until("refused", () -> bearer(stolen).code().equals("AUTH_REVOKED"));
    assertThat(bearer(stack.operatorToken()).status()).isEqualTo(200);
  }

  @Test
  void a_token_of_a_foreign_key_is_refused() {
    JWTClaimsSet claims = issuer.claims("mallory", Set.of("operator"), Duration.ofHours(1)).build();

    Http.Answer answer = bearer(OperatorIssuer.signWith(OperatorIssuer.foreignKey(), claims));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void an_expired_token_is_refused() {
    Instant past = Instant.now().minus(Duration.ofHours(2));
    JWTClaimsSet claims =
        issuer
            .claims("olga", Set.of("operator"), Duration.ofHours(1))
            .issueTime(Date.from(past))
            .expirationTime(Date.from(past.plusSeconds(60)))
            .build();

    assertThat(bearer(issuer.sign(claims)).code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void a_token_for_another_audience_is_refused() {
    JWTClaimsSet claims =
        issuer
            .claims("olga", Set.of("operator"), Duration.ofHours(1))
            .audience("somebody-else")
            .build();

    assertThat(bearer(issuer.sign(claims)).code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void a_token_of_another_issuer_is_refused() {
    JWTClaimsSet claims =
        issuer
            .claims("olga", Set.of("operator"), Duration.ofHours(1))
            .issuer("https://elsewhere.example")
            .build();

    assertThat(bearer(issuer.sign(claims)).code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void a_token_without_a_signature_is_refused() {
    String[] parts = stack.operatorToken().split("\\.", -1);
    // {"alg":"none"}
    String none = "eyJhbGciOiJub25lIn0." + parts[1] + ".";

    assertThat(bearer(none).code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void a_token_of_somebody_without_the_operator_group_may_not_operate() {
    JWTClaimsSet claims = issuer.claims("guest", Set.of("guests"), Duration.ofHours(1)).build();

    Http.Answer answer =
        http.send(
            http.request("POST", "/identity/keys")
                .bearer(issuer.sign(claims))
                .json("{\"name\":\"guest\"}"));

    assertThat(answer.code()).isEqualTo("RBAC_DENIED");
  }

  @Test
  void no_credential_and_two_credentials_are_refused() {
    Identity alice = Agents.registered(stack);

    assertThat(http.get(WHOAMI).code()).isEqualTo("AUTH_MISSING");
    assertThat(
            http.send(
                    http.request("GET", WHOAMI)
                        .bearer(stack.operatorToken())
                        .signed(stack.baseUri(), alice.signing(), Optional.empty()))
                .code())
        .isEqualTo("AUTH_AMBIGUOUS");
  }
}
