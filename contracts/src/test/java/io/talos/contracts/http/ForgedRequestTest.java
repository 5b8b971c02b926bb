package io.talos.contracts.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.UnverifiedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory changes what Bob signed, or signs what should not be accepted. */
class ForgedRequestTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final String TARGET = "http://127.0.0.1:9080/a2a/sessions?x=1";
  private static final Optional<Bytes> BODY = Optional.of(Bytes.utf8("{\"peer\":\"alice\"}"));
  private static final Optional<String> CAPABILITY = Optional.of("eyJsaW5rcyI6W119");
  private static final Optional<String> NO_CAPABILITY = Optional.empty();
  private static final Optional<Bytes> NO_BODY = Optional.empty();

  private static final Ed25519.KeyPair BOB = key(0xB0);
  private static final Ed25519.KeyPair MALLORY = key(0x66);
  private static final String BOB_DID = Did.ofKey(BOB.publicKey()).text();
  private static final String BOB_KEY_ID = Did.ofKey(BOB.publicKey()).keyUrl();

  private final SignatureVerification verification = new SignatureVerification(SKEW);

  @Test
  void a_request_as_bob_signed_it_is_verified_with_all_that_proves_it() {
    UnverifiedRequest request = signed("POST", TARGET, CAPABILITY, BODY);

    SignatureVerification.Verified verified = verified(request, NOW);

    assertThat(verified.did().text()).isEqualTo(BOB_DID);
    assertThat(verified.keyId()).isEqualTo(BOB_KEY_ID);
    assertThat(verified.created()).isEqualTo(NOW);
    assertThat(verified.expires()).isEqualTo(NOW.plus(RequestSigner.LIFETIME));
    assertThat(verified.nonce()).hasSize(22);
    assertThat(Ed25519.verify(BOB.publicKey(), verified.base(), verified.signature())).isTrue();
    assertThat(verified.base().utf8())
        .contains("\"@method\": POST\n", "\"@target-uri\": " + TARGET + "\n")
        .contains("\"content-digest\": sha-256=:", "\"talos-capability\": eyJsaW5rcyI6W119\n");
  }

  @Test
  void two_requests_of_one_signer_never_share_a_nonce() {
    RequestSigner signer = new RequestSigner(BOB, () -> NOW, Randomness.secure());

    String first = signer.sign("GET", TARGET, NO_CAPABILITY, NO_BODY).get("signature-input");
    String second = signer.sign("GET", TARGET, NO_CAPABILITY, NO_BODY).get("signature-input");

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void a_signature_for_another_method_target_body_or_capability_does_not_verify() {
    UnverifiedRequest bobs = signed("POST", TARGET, CAPABILITY, BODY);
    Optional<Bytes> other = Optional.of(Bytes.utf8("{\"peer\":\"mallory\"}"));
    String otherDigest = ContentDigest.of(other.get()).headerValue();

    List<UnverifiedRequest> forged =
        List.of(
            with(bobs, "PUT", TARGET, bobs.headers(), BODY),
            with(bobs, "post", TARGET, bobs.headers(), BODY),
            with(bobs, "POST", TARGET + "0", bobs.headers(), BODY),
            with(bobs, "POST", TARGET.replace("127.0.0.1", "10.0.0.1"), bobs.headers(), BODY),
            with(bobs, "POST", TARGET, bobs.headers(), other),
            header(
                with(bobs, "POST", TARGET, bobs.headers(), other), "content-digest", otherDigest),
            header(bobs, "talos-capability", "eyJsaW5rcyI6W10g"),
            lines(bobs, "talos-capability", List.of(CAPABILITY.get(), CAPABILITY.get())));

    for (UnverifiedRequest request : forged) {
      refused(request, ErrorCode.AUTH_INVALID_SIGNATURE);
    }
  }

  @Test
  void mallorys_own_signature_under_bobs_key_id_does_not_verify() {
    UnverifiedRequest mallorys = signed(MALLORY, "POST", TARGET, CAPABILITY, BODY);
    String malloryKeyId = Did.ofKey(MALLORY.publicKey()).keyUrl();

    SignatureVerification.Refused refusal =
        refused(
            input(mallorys, text -> text.replace(malloryKeyId, BOB_KEY_ID)),
            ErrorCode.AUTH_INVALID_SIGNATURE);

    assertThat(refusal.unverifiedKeyId()).contains(BOB_KEY_ID);
  }

  @Test
  void one_flipped_bit_of_the_signature_is_enough() {
    UnverifiedRequest bobs = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    byte[] bytes = verified(bobs, NOW).signature().toArray();

    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      String text = FieldText.of(new FieldValue.Binary(Bytes.of(flipped)));
      refused(header(bobs, "signature", "talos=" + text), ErrorCode.AUTH_INVALID_SIGNATURE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\"@target-uri\" \"content-digest\" \"talos-capability\")",
        "(\"@method\" \"content-digest\" \"talos-capability\")",
        "(\"@method\" \"@target-uri\" \"talos-capability\")",
        "(\"@method\" \"@target-uri\" \"content-digest\")",
        "(\"@method\" \"@path\" \"content-digest\" \"talos-capability\")",
        "()",
      })
  void a_component_that_bob_left_out_is_missed_although_he_signed(String components) {
    UnverifiedRequest request = signed("POST", TARGET, CAPABILITY, BODY);

    refused(resigned(request, components + profile()), ErrorCode.AUTH_INVALID);
  }

  @Test
  void more_components_in_any_order_are_welcome() {
    UnverifiedRequest request =
        header(signed("POST", TARGET, CAPABILITY, BODY), "content-type", "application/json");
    String components =
        "(\"content-type\" \"talos-capability\" \"@authority\" \"content-digest\" \"@target-uri\""
            + " \"@path\" \"@method\")";

    verified(resigned(request, components + profile()), NOW);
  }

  @Test
  void the_bare_did_is_a_key_id_too() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String bare = components() + profile().replace(BOB_KEY_ID, BOB_DID);

    assertThat(verified(resigned(request, bare), NOW).keyId()).isEqualTo(BOB_DID);
  }

  @Test
  void a_digest_comes_exactly_with_a_body() {
    UnverifiedRequest withBody = signed("POST", TARGET, NO_CAPABILITY, BODY);
    UnverifiedRequest without = signed("POST", TARGET, NO_CAPABILITY, NO_BODY);
    String emptyDigest = ContentDigest.of(Bytes.empty()).headerValue();

    refused(with(withBody, "POST", TARGET, withBody.headers(), NO_BODY), ErrorCode.AUTH_INVALID);
    refused(with(without, "POST", TARGET, without.headers(), BODY), ErrorCode.AUTH_INVALID);
    refused(header(without, "content-digest", emptyDigest), ErrorCode.AUTH_INVALID);
    refused(lines(withBody, "content-digest", null), ErrorCode.AUTH_INVALID);
    verified(with(without, "POST", TARGET, without.headers(), Optional.of(Bytes.empty())), NOW);
  }

  @Test
  void a_second_or_another_digest_is_refused_although_bob_signed_it() {
    UnverifiedRequest request = signed("POST", TARGET, NO_CAPABILITY, BODY);
    String good = ContentDigest.of(BODY.get()).headerValue();
    String components = "(\"@method\" \"@target-uri\" \"content-digest\")";

    for (String digest :
        List.of(
            good + ", sha-512=:AAAA:",
            good.replace("sha-256", "sha-512"),
            good + ";q=1",
            "sha-256=:AAAA:",
            "sha-256=1",
            good + ", " + good)) {
      refused(
          resigned(header(request, "content-digest", digest), components + profile()),
          ErrorCode.AUTH_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alg=\"rsa-v1_5-sha256\"",
        "alg=\"hmac-sha256\"",
        "alg=\"none\"",
        "alg=\"\"",
        "alg=\"ED25519\"",
        "alg=ed25519",
        "alg",
      })
  void another_algorithm_is_refused_although_the_signature_is_good(String algorithm) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String input = components() + profile().replace("alg=\"ed25519\"", algorithm);

    refused(resigned(request, input), ErrorCode.AUTH_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "expires", "nonce", "keyid", "alg", "tag"})
  void a_parameter_that_is_left_out_or_stands_twice_is_refused(String name) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String without = profile().replaceAll(";" + name + "=[^;]*", "");

    refused(resigned(request, components() + without), ErrorCode.AUTH_INVALID);
    refused(input(request, text -> text + ";" + name + "=\"again\""), ErrorCode.AUTH_INVALID);
    refused(resigned(request, components() + without + ";" + name), ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_parameter_that_nobody_asked_for_is_refused() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);

    refused(resigned(request, components() + profile() + ";x=1"), ErrorCode.AUTH_INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "-60, 0, AUTH_EXPIRED",
    "-61, -1, AUTH_EXPIRED",
    "6, 66, AUTH_NOT_YET_VALID",
    "3600, 3660, AUTH_NOT_YET_VALID",
    "0, 61, AUTH_INVALID",
    "0, 0, AUTH_INVALID",
    "0, -1, AUTH_INVALID",
    "-30, 31, AUTH_INVALID",
  })
  void a_signature_outside_its_window_is_refused(int created, int expires, ErrorCode code) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);

    refused(resigned(request, components() + profile(created, expires)), code);
  }

  @ParameterizedTest
  @CsvSource({"-59, 1", "0, 60", "5, 65", "-1, 1"})
  void a_signature_at_the_last_good_instant_is_verified(int created, int expires) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);

    verified(resigned(request, components() + profile(created, expires)), NOW);
  }

  @Test
  void at_expires_itself_a_signature_has_expired_and_a_nanosecond_before_it_has_not() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    Instant expires = verified(request, NOW).expires();

    verified(request, expires.minusNanos(1));
    refused(request, expires, ErrorCode.AUTH_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created=-1",
        "created=\"1\"",
        "created=1.5",
        "created=999999999999999",
        "created=?1"
      })
  void a_time_that_is_no_time_is_refused(String created) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);

    refused(
        input(request, text -> text.replaceFirst("created=[0-9]+", created)),
        ErrorCode.AUTH_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAA==",
        "AAAAAAAAAAAAAAAAAAAAAB",
        "AAAAAAAAAAAAAAAAAAAAA+",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void a_nonce_that_is_short_long_or_not_base64url_is_refused(String nonce) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String input =
        components() + profile().replaceFirst("nonce=\"[^\"]*\"", "nonce=\"" + nonce + "\"");

    refused(resigned(request, input), ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_key_id_that_is_not_exactly_the_signing_key_is_refused() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String malloryKey = Did.ofKey(MALLORY.publicKey()).multikey();

    for (String keyId :
        List.of(
            "",
            "bob",
            "did:web:bob.example",
            BOB_DID + "#",
            "did:key:z6MkNotAKey",
            "did:key:" + "z".repeat(300))) {
      String input = components() + profile().replace(BOB_KEY_ID, keyId);
      refused(resigned(request, input), ErrorCode.AUTH_INVALID);
    }
    String other = components() + profile().replace(BOB_KEY_ID, BOB_DID + "#" + malloryKey);
    refused(resigned(request, other), ErrorCode.AUTH_INVALID_SIGNATURE);
  }

  @Test
  void only_the_signature_labelled_talos_is_looked_at() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String input = request.header("signature-input").get(0);
    String signature = request.header("signature").get(0);

    verified(
        lines(
            lines(request, "signature-input", List.of("proxy=(\"x\";sf);created=1", input)),
            "signature",
            List.of("proxy=:AAAA:", signature)),
        NOW);
    refused(
        lines(request, "signature-input", List.of(input, "b=();tag=\"talos\"")),
        ErrorCode.AUTH_AMBIGUOUS);
    refused(lines(request, "signature-input", List.of(input, input)), ErrorCode.AUTH_INVALID);
    refused(lines(request, "signature", List.of(signature, signature)), ErrorCode.AUTH_INVALID);
    refused(header(request, "signature-input", input.substring(1)), ErrorCode.AUTH_INVALID);
    refused(header(request, "signature", signature.substring(1)), ErrorCode.AUTH_INVALID);
    refused(lines(request, "signature", null), ErrorCode.AUTH_INVALID);
    refused(lines(request, "signature-input", null), ErrorCode.AUTH_INVALID);
    refused(
        resigned(request, components() + profile().replace("tag=\"talos\"", "tag=\"other\"")),
        ErrorCode.AUTH_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"talos=:AAAA:", "talos=\"x\"", "talos", "talos=(1)", "talos=:AAAA:;x", "", "\n"})
  void a_signature_of_another_form_is_refused(String signature) {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);

    refused(header(request, "signature", signature), ErrorCode.AUTH_INVALID);
  }

  @Test
  void oversized_headers_are_refused() {
    UnverifiedRequest request = signed("GET", TARGET, NO_CAPABILITY, NO_BODY);
    String input = request.header("signature-input").get(0);
    List<String> many = new ArrayList<>(List.of(input));
    for (int i = 0; i < Limits.LINES_MAX; i++) {
      many.add("p" + i + "=()");
    }

    refused(
        header(request, "signature-input", input + ", x=" + "y".repeat(9000)),
        ErrorCode.AUTH_INVALID);
    refused(lines(request, "signature-input", many), ErrorCode.AUTH_INVALID);
    refused(
        header(request, "signature", "talos=:" + "A".repeat(9000) + ":"), ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_header_with_a_line_break_cannot_add_a_line_to_what_bob_signed() {
    UnverifiedRequest request = signed("GET", TARGET, CAPABILITY, NO_BODY);

    refused(header(request, "talos-capability", "a\n\"@method\": DELETE"), ErrorCode.AUTH_INVALID);
  }

  @Test
  void nobody_configures_a_window_that_is_too_wide() {
    assertThatThrownBy(() -> new SignatureVerification(Duration.ofSeconds(31)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SignatureVerification(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RequestSigner(BOB, () -> NOW, bytes -> {}, Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private SignatureVerification.Verified verified(UnverifiedRequest request, Instant now) {
    return verification
        .verify(request, now)
        .match(
            yes -> yes,
            no -> {
              throw new AssertionError(no.why());
            });
  }

  private SignatureVerification.Refused refused(UnverifiedRequest request, ErrorCode code) {
    return refused(request, NOW, code);
  }

  private SignatureVerification.Refused refused(
      UnverifiedRequest request, Instant now, ErrorCode code) {
    SignatureVerification.Refused refusal =
        verification
            .verify(request, now)
            .match(
                yes -> {
                  throw new AssertionError("verified: " + yes.base().utf8());
                },
                no -> no);
    assertThat(refusal.code()).as(refusal.why()).isEqualTo(code);
    return refusal;
  }

  private static UnverifiedRequest signed(
      String method, String target, Optional<String> capability, Optional<Bytes> body) {
    return signed(BOB, method, target, capability, body);
  }

  private static UnverifiedRequest signed(
      Ed25519.KeyPair key,
      String method,
      String target,
      Optional<String> capability,
      Optional<Bytes> body) {
    InstantSource clock = InstantSource.fixed(NOW);
    RequestSigner signer = new RequestSigner(key, clock, bytes -> Arrays.fill(bytes, (byte) 7));
    Map<String, List<String>> headers = new HashMap<>();
    signer
        .sign(method, target, capability, body)
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return new UnverifiedRequest(
        "identity.whoami", method, target, headers, body, "127.0.0.1", Optional.empty());
  }

  /** The same request with a signature that Bob really makes, over another input. */
  private static UnverifiedRequest resigned(UnverifiedRequest request, String input) {
    FieldValue.InnerList list =
        (FieldValue.InnerList)
            requireNonNull(FieldReader.dictionary("talos=" + input).get("talos"));
    Bytes base;
    try {
      base = SignatureBase.of(SignableMessage.of(request), list);
    } catch (TalosException e) {
      base = Bytes.utf8("there is no base; the request is refused before it is needed");
    }
    String signature = FieldText.of(new FieldValue.Binary(BOB.sign(base)));
    return header(
        header(request, "signature-input", "talos=" + input), "signature", "talos=" + signature);
  }

  private static String components() {
    return "(\"@method\" \"@target-uri\")";
  }

  private static String profile() {
    return profile(0, 30);
  }

  private static String profile(int created, int expires) {
    long now = NOW.getEpochSecond();
    return ";created=%d;expires=%d;nonce=\"BwcHBwcHBwcHBwcHBwcHBw\";keyid=\"%s\";alg=\"ed25519\";tag=\"talos\""
        .formatted(now + created, now + expires, BOB_KEY_ID);
  }

  private static UnverifiedRequest input(UnverifiedRequest request, UnaryOperator<String> change) {
    return header(
        request, "signature-input", change.apply(request.header("signature-input").get(0)));
  }

  private static UnverifiedRequest header(UnverifiedRequest request, String name, String value) {
    return lines(request, name, List.of(value));
  }

  private static UnverifiedRequest lines(
      UnverifiedRequest request, String name, @Nullable List<String> lines) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.remove(name);
    if (lines != null) {
      headers.put(name, lines);
    }
    return with(request, request.method(), request.targetUri(), headers, request.body());
  }

  private static UnverifiedRequest with(
      UnverifiedRequest request,
      String method,
      String target,
      Map<String, List<String>> headers,
      Optional<Bytes> body) {
    return new UnverifiedRequest(
        request.surface(), method, target, headers, body, "127.0.0.1", Optional.empty());
  }

  private static Ed25519.KeyPair key(int fill) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(seed, (byte) fill);
    return Ed25519.fromSeed(SecretBytes.of(seed));
  }
}
