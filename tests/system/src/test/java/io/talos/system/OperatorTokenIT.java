package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.OperatorIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory makes herself an operator's token, or gets hold of one. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class OperatorTokenIT {
  private static final String WHOAMI = "/identity/whoami";

  private final Stack stack;
  private final Http http;
  private final OperatorIssuer issuer;

  OperatorTokenIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.issuer = stack.launcher().issuer();
  }

  /** A token that Mallory made. */
  record Attack(String what, Function<OperatorTokenIT, String> token) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Attack> forgeries() {
    return Stream.of(
        new Attack("no signature", t -> unsigned("{\"alg\":\"none\"}", t.goodPayload(), "")),
        new Attack(
            "no signature, in another spelling",
            t -> unsigned("{\"alg\":\"nOnE\",\"typ\":\"JWT\"}", t.goodPayload(), "")),
        new Attack(
            "no signature, but the real key's name",
            t ->
                unsigned(
                    "{\"alg\":\"none\",\"kid\":\"" + t.issuer.keyId() + "\"}",
                    t.goodPayload(),
                    "")),
        new Attack(
            "the real signature over other claims",
            t -> {
              String[] parts = t.stack.operatorToken().split("\\.", -1);
              return parts[0]
                  + "."
                  + encoded(t.claims("mallory").build().toString())
                  + "."
                  + parts[2];
            }),
        new Attack("the real signature cut off", t -> cut(t.stack.operatorToken())),
        new Attack(
            "an HMAC under the issuer's public key as PEM",
            t -> t.mac(JWSAlgorithm.HS256, t.pem())),
        new Attack(
            "an HMAC under the issuer's public key as DER",
            t -> t.mac(JWSAlgorithm.HS256, t.der())),
        new Attack(
            "an HMAC under the issuer's modulus",
            t -> t.mac(JWSAlgorithm.HS512, t.publicKey().getModulus().decode())),
        new Attack(
            "an HMAC under the served key set",
            t -> t.mac(JWSAlgorithm.HS384, t.served().getBytes(StandardCharsets.UTF_8))),
        new Attack(
            "a foreign key under its own name",
            t -> OperatorIssuer.signWith(OperatorIssuer.foreignKey(), t.claims("mallory").build())),
        new Attack(
            "a foreign key under the real one's name",
            t -> t.foreign(header(JWSAlgorithm.RS256).keyID(t.issuer.keyId()).build())),
        new Attack(
            "a foreign key without a name", t -> t.foreign(header(JWSAlgorithm.RS256).build())),
        new Attack(
            "a foreign key that the token brings along",
            t -> {
              RSAKey own = OperatorIssuer.foreignKey();
              return sign(
                  own,
                  header(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                  t.claims("mallory").build());
            }),
        new Attack(
            "a foreign key and where to fetch it",
            t ->
                t.foreign(
                    header(JWSAlgorithm.RS256)
                        .jwkURL(URI.create("http://127.0.0.1:1/mallory"))
                        .x509CertURL(URI.create("http://127.0.0.1:1/mallory.pem"))
                        .build())),
        new Attack(
            "a key name that is a path",
            t -> t.foreign(header(JWSAlgorithm.RS256).keyID("../../../dev/null").build())),
        new Attack("an elliptic curve key", OperatorTokenIT::elliptic),
        new Attack(
            "another padding by the real key",
            t -> t.sign(header(JWSAlgorithm.PS256).keyID(t.issuer.keyId()).build())),
        new Attack(
            "another hash by the real key",
            t -> t.sign(header(JWSAlgorithm.RS512).keyID(t.issuer.keyId()).build())),
        new Attack("an encrypted token of five parts", t -> "eyJhbGciOiJkaXIifQ.AA.AA.AA.AA"),
        new Attack("three empty parts", t -> "eyJ.."),
        new Attack("a token with a line of garbage", t -> t.stack.operatorToken() + "A"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void a_forged_token_is_refused(Attack attack) {
    Http.Answer answer = bearer(attack.token().apply(this));

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("AUTH_INVALID");
  }

  static Stream<Attack> claims() {
    Instant now = Notes.now();
    return Stream.of(
        claims("no end", c -> c.expirationTime(null)),
        claims("an end that was", c -> c.expirationTime(Date.from(now.minusSeconds(60)))),
        claims("an end before its beginning", c -> c.expirationTime(Date.from(Instant.EPOCH))),
        claims("no issuer", c -> c.issuer(null)),
        claims("an issuer that only begins alike", c -> c.issuer(c.build().getIssuer() + "/evil")),
        claims("no audience", c -> c.audience((String) null)),
        claims("an audience that only begins alike", c -> c.audience("talos2")),
        claims(
            "not valid before tomorrow", c -> c.notBeforeTime(Date.from(now.plusSeconds(86_400)))),
        claims("made tomorrow", c -> c.issueTime(Date.from(now.plusSeconds(86_400)))));
  }

  private static Attack claims(
      String what, Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> change) {
    return new Attack(what, t -> t.issuer.sign(change.apply(t.claims("olga")).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void a_token_with_claims_that_do_not_fit_is_refused(Attack attack) {
    Http.Answer answer = bearer(attack.token().apply(this));

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.code()).isIn("AUTH_INVALID", "AUTH_EXPIRED");
  }

  @Test
  void claims_that_only_look_like_the_operators_group_give_no_right() {
    for (List<String> groups :
        List.of(
            List.of("Operator"),
            List.of("operator "),
            List.of("operators"),
            List.of("*"),
            List.of("*:*"),
            List.of("admin"),
            List.of("operat\u043er"),
            List.<String>of())) {
      Http.Answer answer =
          http.send(
              http.request("POST", "/identity/keys")
                  .bearer(issuer.sign(claims("guest").claim("groups", groups).build()))
                  .json("{\"name\":\"guest\"}"));
      assertThat(answer.code()).as(groups.toString()).isEqualTo("RBAC_DENIED");
    }
    for (String claim : List.of("roles", "permissions", "rbac_permissions", "scope", "scp")) {
      Http.Answer answer =
          http.send(
              http.request("POST", "/identity/keys")
                  .bearer(
                      issuer.sign(
                          claims("guest")
                              .claim("groups", List.of())
                              .claim(claim, List.of("operator", "*:*"))
                              .build()))
                  .json("{\"name\":\"guest\"}"));
      assertThat(answer.code()).as(claim).isEqualTo("RBAC_DENIED");
    }
  }

  @Test
  void a_token_counts_in_the_authorization_header_only() {
    String token = stack.operatorToken();

    assertThat(http.get(WHOAMI + "?access_token=" + token).code()).isEqualTo("AUTH_MISSING");
    for (Map.Entry<String, String> header :
        Map.of(
                "Cookie", "Bearer=" + token + "; LtpaToken2=" + token + "; jwtToken=" + token,
                "X-Authorization", "Bearer " + token,
                "Proxy-Authorization", "Bearer " + token,
                "X-Forwarded-Access-Token", token)
            .entrySet()) {
      assertThat(
              http.send(http.request("GET", WHOAMI).header(header.getKey(), header.getValue()))
                  .code())
          .as(header.getKey())
          .isEqualTo("AUTH_MISSING");
    }
    for (String scheme : List.of("Basic ", "Digest ", "Negotiate ", "")) {
      assertThat(
              http.send(http.request("GET", WHOAMI).header("Authorization", scheme + token)).code())
          .as(scheme)
          .isEqualTo("AUTH_INVALID");
    }
  }

  @Test
  void two_authorization_headers_are_refused_whichever_is_good() {
    String good = "Bearer " + stack.operatorToken();
    String bad = "Bearer " + cut(stack.operatorToken());
    for (List<String> both : List.of(List.of(good, bad), List.of(bad, good), List.of(good, good))) {
      Http.Answer answer =
          http.send(
              http.request("GET", WHOAMI)
                  .header("Authorization", both.get(0))
                  .also("Authorization", both.get(1)));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isIn("AUTH_AMBIGUOUS", "AUTH_INVALID");
    }
  }

  @Test
  void a_token_is_over_when_it_says_although_the_server_has_seen_it_good() {
    Instant end = Notes.now().plusSeconds(3);
    String brief = issuer.sign(claims("olga").expirationTime(Date.from(end)).build());
    assertThat(bearer(brief).status()).isEqualTo(200);

    Patiently.until("it is over", () -> !Notes.now().isBefore(end));

    assertThat(bearer(brief).code()).isIn("AUTH_EXPIRED", "AUTH_INVALID");
  }

  @Test
  void what_an_operator_did_stands_under_the_tokens_own_id() {
    Http.Answer answer = bearer(stack.operatorToken());

    assertThat(answer.status()).isEqualTo(200);
    var admission = new Trail(stack).one(Replies.request(answer), "request.admitted");
    assertThat(admission.getJsonObject("principal").getString("kind")).isEqualTo("operator");
    assertThat(admission.getJsonObject("evidence").toString()).contains("jwt:");
  }

  private Http.Answer bearer(String token) {
    return http.send(http.request("GET", WHOAMI).bearer(token));
  }

  private JWTClaimsSet.Builder claims(String subject) {
    return issuer.claims(subject, Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofHours(1));
  }

  private String goodPayload() {
    return claims("mallory").build().toString();
  }

  private static String encoded(String text) {
    return Base64Url.encode(Bytes.utf8(text));
  }

  private static String unsigned(String header, String payload, String signature) {
    return encoded(header) + "." + encoded(payload) + "." + signature;
  }

  private static String cut(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT);
  }

  private String foreign(JWSHeader header) {
    return sign(OperatorIssuer.foreignKey(), header, claims("mallory").build());
  }

  /** By the issuer's real key, as only a compromised or careless issuer would. */
  private String sign(JWSHeader header) {
    return sign(realKey(), header, claims("mallory").build());
  }

  private static String sign(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
    try {
      return signed(new RSASSASigner(key), header, claims);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWSSigner signer, JWSHeader header, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private String mac(JWSAlgorithm algorithm, byte[] secret) {
    try {
      // The library wants at least as many bytes as the hash has; HMAC pads with zeros anyway.
      byte[] key = Arrays.copyOf(secret, Math.max(64, secret.length));
      return signed(
          new MACSigner(key),
          header(algorithm).keyID(issuer.keyId()).build(),
          claims("mallory").build());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String elliptic() {
    try {
      return signed(
          new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()),
          header(JWSAlgorithm.ES256).keyID(issuer.keyId()).build(),
          claims("mallory").build());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String served() {
    return new Http(URI.create(issuer.issuer())).get("/jwks").text();
  }

  private RSAKey publicKey() {
    try {
      return JWKSet.parse(served()).getKeyByKeyId(issuer.keyId()).toRSAKey();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private RSAKey realKey() {
    try {
      return JWKSet.load(
              stack.launcher().settings().dataFolder().resolve("idp").resolve("keys.json").toFile())
          .getKeyByKeyId(issuer.keyId())
          .toRSAKey();
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] der() {
    try {
      return publicKey().toRSAPublicKey().getEncoded();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] pem() {
    String lines = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der());
    return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
