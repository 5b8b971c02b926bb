package io.talos.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature covers must be one text, the one that everybody else computes too. */
class SignatureBaseTest {
  /** RFC 9421 §B.2: the request of the examples. */
  private static final SignableMessage EXAMPLE =
      new SignableMessage(
          "POST",
          "https://example.com/foo?param=Value&Pet=dog",
          Map.of(
              "host", List.of("example.com"),
              "date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
              "content-type", List.of("application/json"),
              "content-length", List.of("18")));

  /** RFC 9421 §B.2.6: Signature-Input of the Ed25519 example. */
  private static final String EXAMPLE_INPUT =
      "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\""
          + " \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";

  /** RFC 9421 §B.2.6: the signature base. */
  private static final String EXAMPLE_BASE =
      """
      "date": Tue, 20 Apr 2021 02:07:55 GMT
      "@method": POST
      "@path": /foo
      "@authority": example.com
      "content-type": application/json
      "content-length": 18
      "@signature-params": ("date" "@method" "@path" "@authority" "content-type" \
      "content-length");created=1618884473;keyid="test-key-ed25519\"""";

  /** RFC 9421 §B.2.6: the signature. */
  private static final String EXAMPLE_SIGNATURE =
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

  /** RFC 9421 §B.1.4: test-key-ed25519, private, PKCS #8; its last 32 bytes are the seed. */
  private static final String EXAMPLE_KEY =
      "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";

  @Test
  void the_published_example_has_the_published_base_and_signature() {
    Bytes base = SignatureBase.of(EXAMPLE, input(EXAMPLE_INPUT));

    byte[] key = Base64.getDecoder().decode(EXAMPLE_KEY);
    SecretBytes seed = SecretBytes.of(Arrays.copyOfRange(key, key.length - 32, key.length));
    assertThat(base.utf8()).isEqualTo(EXAMPLE_BASE);
    assertThat(Ed25519.fromSeed(seed).sign(base))
        .isEqualTo(Bytes.of(Base64.getDecoder().decode(EXAMPLE_SIGNATURE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@scheme | HTTPS://Example.COM:443/a?b | https",
        "@authority | HTTPS://Example.COM:443/a?b | example.com",
        "@authority | http://127.0.0.1:9080/a | 127.0.0.1:9080",
        "@authority | http://[::1]:80/a | [::1]",
        "@path | http://example.com | /",
        "@path | http://example.com/a%2Fb/../c?d | /a%2Fb/../c",
        "@query | http://example.com/a | ?",
        "@query | http://example.com/a?b=%20 | ?b=%20",
        "@request-target | http://example.com/a?b | /a?b",
        "@target-uri | http://example.com/a?b=%7e | http://example.com/a?b=%7e",
      })
  void a_derived_component_is_what_the_rfc_says(String component, String target, String value) {
    SignableMessage message = new SignableMessage("GET", target, Map.of());

    Bytes base = SignatureBase.of(message, input("s=(\"" + component + "\")"));

    assertThat(base.utf8()).startsWith("\"" + component + "\": " + value + "\n");
  }

  @Test
  void the_lines_of_one_header_become_one_value_in_their_order() {
    SignableMessage message =
        new SignableMessage(
            "GET", "http://example.com/", Map.of("x-list", List.of("  one ", "\ttwo", "")));

    Bytes base = SignatureBase.of(message, input("s=(\"x-list\")"));

    assertThat(base.utf8()).startsWith("\"x-list\": one, two, \n");
  }

  @Test
  void parameters_keep_the_signers_order_and_are_written_in_one_form() {
    Bytes base =
        SignatureBase.of(EXAMPLE, input("s=(  \"@method\"  );  tag=\"a\\\"b\\\\\";created=001;x"));

    assertThat(base.utf8())
        .endsWith("\"@signature-params\": (\"@method\");tag=\"a\\\"b\\\\\";created=1;x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s=(\"@status\")",
        "s=(\"@query-param\";name=\"a\")",
        "s=(\"@unknown\")",
        "s=(\"@signature-params\")",
        "s=(\"date\";sf)",
        "s=(\"date\";bs)",
        "s=(\"date\";req)",
        "s=(\"Date\")",
        "s=(\"x-absent\")",
        "s=(\"\")",
        "s=(\"a b\")",
        "s=(date)",
        "s=(\"date\" \"date\")",
        "s=(\"@method\" \"date\" \"@method\")",
      })
  void a_component_that_could_mean_something_else_is_refused(String input) {
    refused(() -> SignatureBase.of(EXAMPLE, input(input)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\n b",
        "a\nb",
        "a\u0000b",
        "a\tb",
        "a\u007fb",
        "caf\u00e9",
        "\u00a0a",
      })
  void a_header_line_that_two_readers_read_differently_is_refused(String line) {
    SignableMessage message =
        new SignableMessage("GET", "http://example.com/", Map.of("x-note", List.of(line)));

    refused(() -> SignatureBase.of(message, input("s=(\"x-note\")")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/relative",
        "ftp://example.com/",
        "http://alice@example.com/",
        "http://example.com/#a",
        "http://example.com/a b",
        "http://example.com/\n\"@method\": GET",
        "http://exämple.com/",
        "http:///a",
      })
  void a_target_that_is_no_plain_uri_of_http_is_refused(String target) {
    refused(
        () ->
            SignatureBase.of(
                new SignableMessage("GET", target, Map.of()), input("s=(\"@method\")")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET\n\"@path\": /other", "GET /", "G\u00c9T"})
  void a_method_that_could_end_its_line_is_refused(String method) {
    refused(
        () ->
            SignatureBase.of(
                new SignableMessage(method, "http://example.com/", Map.of()),
                input("s=(\"@method\")")));
  }

  @Test
  void headers_beyond_the_bounds_are_refused_before_they_cost_anything() {
    String tooLong = "a".repeat(Limits.COVERED_CHARACTERS_MAX + 1);
    List<String> tooMany = Collections.nCopies(Limits.LINES_MAX + 1, "a");
    String farAway = "http://example.com/" + "a".repeat(Limits.TARGET_URI_CHARACTERS_MAX);

    for (List<String> lines : List.of(List.of(tooLong), tooMany)) {
      refused(
          () ->
              SignatureBase.of(
                  new SignableMessage("GET", "http://example.com/", Map.of("x", lines)),
                  input("s=(\"x\")")));
    }
    refused(
        () ->
            SignatureBase.of(
                new SignableMessage("GET", farAway, Map.of()), input("s=(\"@method\")")));
  }

  private static FieldValue.InnerList input(String field) {
    return (FieldValue.InnerList) FieldReader.dictionary(field).values().iterator().next();
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTH_INVALID));
  }
}
