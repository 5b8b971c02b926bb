package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.bearer;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.refused;
import static io.talos.identity.Authentication.signed;
import static io.talos.identity.Authentication.with;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory mixes credentials, so that two parts of the server see two different callers. */
@Threat("T-IMPERSONATION-01")
class ConfusedCredentialTest {
  private static final String JWT = "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln";

  private final Authentication server = new Authentication();

  @BeforeEach
  void alice_is_registered() {
    server.agents.add(ALICE.agent());
  }

  @Test
  void an_operator_is_known_by_the_token_that_the_server_verified() {
    Authenticated known =
        authenticated(server.authenticate(with(bearer(JWT), token("olga", "operator", "staff"))));

    assertThat(known.principal().kind()).isEqualTo(PrincipalKind.OPERATOR);
    assertThat(known.principal().id()).isEqualTo("operator:olga");
    assertThat(known.principal().roles()).isEqualTo(Set.of("operator"));
    assertThat(known.proof()).isEqualTo(new Proof.Bearer("jwt:jti-1"));
  }

  @Test
  void groups_that_talos_does_not_know_are_no_roles() {
    Authenticated known =
        authenticated(
            server.authenticate(with(bearer(JWT), token("eve", "agent", "client", "Operator"))));

    assertThat(known.principal().roles()).isEmpty();
  }

  @Test
  void at_its_end_itself_a_token_is_refused_although_the_server_allows_for_skew() {
    OperatorToken token =
        new OperatorToken(
            "olga", Set.of("operator"), "jti-1", Authentication.OPERATOR_KEY, NOW.plusSeconds(1));

    authenticated(
        server.authentication.authenticate(with(bearer(JWT), token), false, NOW.plusMillis(999)));
    assertThat(
            code(
                server.authentication.authenticate(
                    with(bearer(JWT), token), false, NOW.plusSeconds(1))))
        .isEqualTo(ErrorCode.AUTH_EXPIRED);
  }

  @Test
  void a_token_without_a_usable_subject_is_refused() {
    for (String subject : List.of("", " ", "x".repeat(201))) {
      assertThat(code(server.authenticate(with(bearer(JWT), token(subject, "operator")))))
          .isEqualTo(ErrorCode.AUTH_INVALID);
    }
  }

  @Test
  void a_token_that_did_not_come_in_the_header_does_not_count() {
    UnverifiedRequest ambient = with(none(), token("olga", "operator"));

    assertThat(code(server.authenticate(ambient))).isEqualTo(ErrorCode.AUTH_MISSING);
  }

  @Test
  void two_credentials_are_refused_although_each_is_good() {
    String key = "Bearer " + virtualKey();
    OperatorToken olga = token("olga", "operator");

    for (UnverifiedRequest both :
        List.of(
            with(signed(ALICE, NOW), "authorization", key),
            with(with(signed(ALICE, NOW), "authorization", JWT), olga),
            with(signed(ALICE, NOW), olga),
            with(bearer(key), olga),
            bearer(key, key),
            with(bearer(JWT, key), olga),
            with(signed(ALICE, NOW), "authorization", "nonsense"))) {
      assertThat(code(server.authenticate(both))).isEqualTo(ErrorCode.AUTH_AMBIGUOUS);
    }
    assertThat(server.nonces.size()).isZero();
  }

  @Test
  void half_a_signature_is_a_bad_signature_and_not_no_credential() {
    for (String header : List.of("signature", "signature-input")) {
      UnverifiedRequest half = with(none(), header, signed(ALICE, NOW).header(header).get(0));
      assertThat(code(server.authenticate(half))).isEqualTo(ErrorCode.AUTH_INVALID);
    }
  }

  @Test
  void a_bad_signature_is_not_saved_by_a_surface_that_takes_strangers() {
    UnverifiedRequest request = with(signed(ALICE, NOW), "signature", "talos=:AAAA:");

    assertThat(code(server.authentication.authenticate(request, true, NOW)))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void nothing_at_all_is_a_missing_credential() {
    assertThat(refused(server.authenticate(none())).code()).isEqualTo(ErrorCode.AUTH_MISSING);
    assertThat(code(server.authentication.authenticate(none(), true, NOW)))
        .isEqualTo(ErrorCode.AUTH_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Bearer abc",
        "Bearer ",
        "Bearer",
        "",
        "Basic YWxpY2U6c2VjcmV0",
        "Bearer a, Bearer b",
        "Bearer a b",
        "Bearer\tabc",
        "tvk_abc",
        "Bearer \u00e9",
      })
  void a_bearer_credential_that_nobody_accepted_is_refused(String header) {
    assertThat(code(server.authenticate(bearer(header)))).isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_header_beyond_the_bound_is_refused() {
    assertThat(code(server.authenticate(bearer("Bearer " + "a".repeat(20_000)))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  private String virtualKey() {
    return done(server
            .issue(new RecordedEvents<>(), InstantSource.fixed(NOW))
            .issue(Authentication.wanted("chat", Optional.empty())))
        .text()
        .reveal();
  }

  private static OperatorToken token(String subject, String... groups) {
    Instant end = NOW.plusSeconds(600);
    return new OperatorToken(subject, Set.of(groups), "jti-1", Authentication.OPERATOR_KEY, end);
  }

  private static UnverifiedRequest none() {
    return new UnverifiedRequest(
        Authentication.SURFACE,
        "GET",
        Authentication.TARGET,
        Map.of(),
        Optional.empty(),
        "127.0.0.1",
        Optional.empty());
  }
}
