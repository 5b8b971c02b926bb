package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.talos.client.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory sends what no client should: each gets its own code, and nothing is stored. */
@OnTheStack
class BadInputIT {
  private final Stack stack;
  private final Http http;

  BadInputIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
  }

  static Stream<Arguments> badBodies() {
    String good = "{\"name\":\"bad-input\"}";
    return Stream.of(
        arguments("cut short", bytes("{\"name\":"), 400, "MALFORMED_JSON"),
        arguments("text after it", bytes(good + "x"), 400, "MALFORMED_JSON"),
        arguments("not JSON", bytes("name=bad-input"), 400, "MALFORMED_JSON"),
        arguments(
            "a member twice", bytes("{\"name\":\"a\",\"name\":\"b\"}"), 400, "DUPLICATE_MEMBER"),
        arguments(
            "a member twice, once escaped",
            bytes("{\"name\":\"a\",\"\\u006eame\":\"b\"}"),
            400,
            "DUPLICATE_MEMBER"),
        arguments("a wrong type", bytes("{\"name\":7}"), 400, "SCHEMA_VALIDATION_ERROR"),
        arguments("null", bytes("{\"name\":null}"), 400, "SCHEMA_VALIDATION_ERROR"),
        arguments(
            "an unknown member",
            bytes("{\"name\":\"a\",\"admin\":true}"),
            400,
            "SCHEMA_VALIDATION_ERROR"),
        arguments("an array", bytes("[]"), 400, "SCHEMA_VALIDATION_ERROR"),
        arguments(
            "bad UTF-8",
            new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'},
            400,
            "INVALID_UTF8"),
        arguments("too deep", bytes("[".repeat(200) + "]".repeat(200)), 400, "BODY_TOO_COMPLEX"),
        arguments("nothing", new byte[0], 400, "BODY_REQUIRED"),
        arguments("too large", filled(2 << 20), 413, "BODY_TOO_LARGE"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] filled(int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) ' ');
    return body;
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("badBodies")
  void a_body_that_is(String what, byte[] body, int status, String code) {
    long before = stack.count("select count(*) from identity.virtual_key");

    Http.Answer answer =
        http.send(http.request("POST", "/identity/keys").bearer(stack.operatorToken()).json(body));

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(stack.count("select count(*) from identity.virtual_key")).isEqualTo(before);
  }

  @Test
  void a_body_of_another_content_type_is_refused() {
    Http.Answer answer =
        http.send(
            http.request("POST", "/identity/keys")
                .bearer(stack.operatorToken())
                .raw("text/plain", bytes("{\"name\":\"a\"}")));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void a_body_where_none_belongs_is_refused() {
    Http.Answer answer =
        http.send(http.request("GET", "/identity/whoami").bearer(stack.operatorToken()).json("{}"));

    assertThat(answer.code()).isEqualTo("BODY_NOT_ALLOWED");
  }

  @Test
  void an_unknown_route_and_a_wrong_method_have_codes_of_their_own() {
    assertThat(http.get("/nowhere").code()).isEqualTo("ROUTE_NOT_FOUND");

    Http.Answer wrong = http.send(http.request("DELETE", "/identity/whoami"));
    assertThat(wrong.code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(wrong.headers().get("allow")).isEqualTo("GET");
    Http.Answer open = http.send(http.request("DELETE", "/audit/log/checkpoint"));
    assertThat(open.headers().get("allow")).contains("GET", "HEAD");
  }

  @Test
  void a_signature_from_the_far_future_is_refused() {
    Identity alice = Agents.registered(stack);
    Http.Answer answer =
        http.send(
            http.request("GET", "/identity/whoami")
                .signedAt(
                    stack.baseUri(),
                    alice.signing(),
                    Optional.empty(),
                    java.time.Instant.now().plusSeconds(3600)));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("AUTH_NOT_YET_VALID");
  }

  @Test
  void a_signature_of_yesterday_is_refused() {
    Identity alice = Agents.registered(stack);
    Http.Answer answer =
        http.send(
            http.request("GET", "/identity/whoami")
                .signedAt(
                    stack.baseUri(),
                    alice.signing(),
                    Optional.empty(),
                    java.time.Instant.now().minusSeconds(86_400)));

    assertThat(answer.code()).isEqualTo("AUTH_EXPIRED");
  }

  @Test
  void no_answer_shows_a_stack_trace_or_an_exception() {
    for (String path : new String[] {"/nowhere", "/identity/whoami", "/audit/events/x", "/%20"}) {
      Http.Answer answer = http.get(path);
      assertThat(answer.text())
          .as(path)
          .doesNotContain("Exception")
          .doesNotContain("at io.talos")
          .doesNotContain("jakarta.");
    }
  }
}
