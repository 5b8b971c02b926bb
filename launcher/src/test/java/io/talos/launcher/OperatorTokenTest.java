package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a stranger who reads the key set can tell a true operator token from a forged one,
 * through rotations and restarts.
 */
class OperatorTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path folder;
  private final int port = TestSettings.freePort();
  private OperatorIssuer issuer;

  @BeforeEach
  void start() {
    issuer = new OperatorIssuer(port, folder.resolve("idp"), InstantSource.fixed(NOW));
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void a_token_carries_the_microprofile_claims_and_verifies_with_the_served_keys()
      throws Exception {
    var token =
        SignedJWT.parse(
            issuer.token("olga", Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofMinutes(5)));
    var claims = token.getJWTClaimsSet();

    assertThat(isSignedByServedKey(token)).isTrue();
    assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:" + port);
    assertThat(claims.getSubject()).isEqualTo("olga");
    assertThat(claims.getStringClaim("upn")).isEqualTo("olga");
    assertThat(claims.getStringListClaim("groups"))
        .isEqualTo(List.of(OperatorIssuer.OPERATOR_GROUP));
    assertThat(claims.getAudience()).containsExactly("talos");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(300)));
    assertThat(claims.getJWTID()).isNotBlank();
  }

  @Test
  void the_served_keys_are_public_ones() throws Exception {
    assertThat(servedKeys().getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
  }

  @Test
  void an_old_token_survives_a_rotation_and_dies_when_the_old_key_is_retired() throws Exception {
    var old = SignedJWT.parse(issuer.token("olga", Set.of(), Duration.ofMinutes(5)));

    issuer.rotate();
    var young = SignedJWT.parse(issuer.token("olga", Set.of(), Duration.ofMinutes(5)));

    assertThat(young.getHeader().getKeyID()).isNotEqualTo(old.getHeader().getKeyID());
    assertThat(isSignedByServedKey(old)).isTrue();
    assertThat(isSignedByServedKey(young)).isTrue();
    issuer.retireOld();
    assertThat(isSignedByServedKey(old)).isFalse();
    assertThat(isSignedByServedKey(young)).isTrue();
  }

  @Test
  void a_token_survives_a_restart() throws Exception {
    var token = SignedJWT.parse(issuer.token("olga", Set.of(), Duration.ofMinutes(5)));

    stop();
    start();

    assertThat(isSignedByServedKey(token)).isTrue();
  }

  @Test
  void a_key_of_mallory_is_not_among_the_served_ones() throws Exception {
    var forged =
        SignedJWT.parse(
            OperatorIssuer.signWith(
                OperatorIssuer.foreignKey(),
                issuer
                    .claims("mallory", Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofMinutes(5))
                    .build()));

    assertThat(isSignedByServedKey(forged)).isFalse();
  }

  private boolean isSignedByServedKey(SignedJWT token) throws Exception {
    var key = servedKeys().getKeyByKeyId(token.getHeader().getKeyID());
    return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
  }

  private JWKSet servedKeys() throws Exception {
    return JWKSet.parse(get().body());
  }

  private HttpResponse<String> get() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(issuer.jwksUri()).build(), HttpResponse.BodyHandlers.ofString());
  }
}
