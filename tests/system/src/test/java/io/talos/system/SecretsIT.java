package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator entrusts to Talos is used by the gateway and seen by nobody. */
@OnTheStack
@Threat("T-KEYCOMPROMISE-01")
class SecretsIT {
  private final Stack stack;
  private final Http http;
  private final Trail trail;
  private final String name = "system-tests-" + Randomness.secure().bytes(8).hex();
  private final String value = "open sesame " + Randomness.secure().bytes(12).hex();

  SecretsIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.trail = new Trail(stack);
  }

  private Http.Answer asOperator(String method, String path) {
    return http.send(http.request(method, path).bearer(stack.operatorToken()));
  }

  private static String body(String value) {
    return Json.createObjectBuilder()
        .add("value_b64u", Base64Url.encode(Bytes.utf8(value)))
        .build()
        .toString();
  }

  private Http.Answer put(String path) {
    return http.send(http.request("PUT", path).bearer(stack.operatorToken()).json(body(value)));
  }

  @Test
  void a_value_goes_in_and_never_comes_out() {
    Http.Answer stored = put("/secrets/" + name);
    Http.Answer listed = asOperator("GET", "/secrets?after=" + name.substring(0, 20));
    Http.Answer asked = asOperator("GET", "/secrets/" + name);

    assertThat(stored.status()).as(stored.text()).isEqualTo(201);
    assertThat(listed.text()).contains(name);
    assertThat(asked.code()).isEqualTo("METHOD_NOT_ALLOWED");
    for (Http.Answer answer : List.of(stored, listed, asked)) {
      assertThat(answer.text())
          .doesNotContain(value)
          .doesNotContain(Base64Url.encode(Bytes.utf8(value)));
    }
  }

  @Test
  void neither_its_row_nor_any_event_holds_the_value() {
    Http.Answer stored = put("/secrets/" + name);

    String clear =
        Bytes.utf8(value).hex() + "|" + value + "|" + Base64Url.encode(Bytes.utf8(value));
    for (String table :
        List.of("secrets.secret", "audit.event", "audit.opening", "audit.evidence")) {
      assertThat(
              stack.count("select count(*) from " + table + " t where t::text ~ '" + clear + "'"))
          .as(table)
          .isZero();
    }
    assertThat(stack.count("select count(*) from secrets.secret where name = '" + name + "'"))
        .isEqualTo(1);
    JsonObject told = trail.one(Replies.request(stored), "secret.stored");
    assertThat(told.getJsonObject("resource").getString("id")).isEqualTo(name);
  }

  @Test
  void two_secrets_of_one_value_do_not_look_alike() {
    put("/secrets/" + name);
    put("/secrets/" + name + "-2");

    assertThat(
            stack.column(
                "select ciphertext::text || wrapped_dek::text || nonce::text from secrets.secret"
                    + " where name like '"
                    + name
                    + "%'"))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_new_value_is_a_new_version_and_a_removed_secret_is_gone() {
    JsonObject first = put("/secrets/" + name).json();
    JsonObject second = put("/secrets/" + name).json();
    Replies.granted(stack.operator().removeSecret(name));

    assertThat(second.getInt("version")).isEqualTo(first.getInt("version") + 1);
    assertThat(stack.count("select count(*) from secrets.secret where name = '" + name + "'"))
        .isZero();
    Replies.refused(stack.operator().removeSecret(name), ErrorCode.SECRET_NOT_FOUND);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "audit/log-key",
    "audit%2Flog-key",
    "audit%2flog-key",
    "audit%252Flog-key",
    "..%2Faudit",
    "UPPER",
    ".hidden",
  })
  void no_operator_reaches_a_key_of_talos_own(String path) {
    long before = stack.count("select count(*) from secrets.secret where name like '%/%'");

    Http.Answer written = put("/secrets/" + path);
    Http.Answer removed = asOperator("DELETE", "/secrets/" + path);

    assertThat(written.status()).as(written.text()).isBetween(400, 499);
    assertThat(removed.status()).as(removed.text()).isBetween(400, 499);
    assertThat(stack.count("select count(*) from secrets.secret where name like '%/%'"))
        .isEqualTo(before)
        .isPositive();
  }

  @Test
  void
      talos_own_keys_are_listed_by_name_so_that_an_operator_knows_what_hangs_on_a_key_and_no_more() {
    Http.Answer listed = asOperator("GET", "/secrets?after=audit&limit=100");

    assertThat(listed.text()).contains("audit/log-key");
    for (JsonValue secret : listed.json().getJsonArray("secrets")) {
      assertThat(secret.asJsonObject().keySet())
          .containsExactlyInAnyOrder("name", "version", "kek_id", "created_at");
    }
  }

  @Test
  void no_agent_and_no_client_stores_lists_or_removes() {
    Identity mallory = Agents.registered(stack);
    for (String method : List.of("PUT", "DELETE")) {
      Http.Request request = http.request(method, "/secrets/" + name);
      if (method.equals("PUT")) {
        request.json(body(value));
      }
      assertThat(
              http.send(request.signed(stack.baseUri(), mallory.signing(), Optional.empty()))
                  .code())
          .isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    }
    assertThat(
            http.send(
                    http.request("GET", "/secrets")
                        .signed(stack.baseUri(), mallory.signing(), Optional.empty()))
                .code())
        .isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(stack.count("select count(*) from secrets.secret where name = '" + name + "'"))
        .isZero();
  }

  @Test
  void a_value_of_sixty_four_kibibytes_is_kept_and_one_byte_more_is_not() {
    Replies.granted(stack.operator().putSecret(name, SecretBytes.of(new byte[64 << 10])));
    Http.Answer more =
        http.send(
            http.request("PUT", "/secrets/" + name)
                .bearer(stack.operatorToken())
                .json(body("x".repeat((64 << 10) + 1))));

    assertThat(more.status()).as(more.text()).isBetween(400, 413);
    assertThat(stack.count("select count(*) from secrets.secret where name = '" + name + "'"))
        .isEqualTo(1);
  }
}
