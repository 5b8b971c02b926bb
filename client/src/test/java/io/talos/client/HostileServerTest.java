package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.http.PreparedRequest;
import io.talos.client.http.Transport;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Mallory runs the server that Alice talks to: she floods, stalls, lies and sends Alice away. */
class HostileServerTest {
  private static final Did ALICE = Did.parse(Identity.generate(Randomness.secure()).did());

  @Test
  void an_endless_answer_is_cut_off_at_the_bound() {
    try (ScriptedServer mallory =
        new ScriptedServer(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] part = new byte[8192];
              while (true) {
                exchange.getResponseBody().write(part);
              }
            })) {
      fault(
          ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE,
          () -> new Transport(Duration.ofSeconds(20), 100_000).send(get(mallory.uri())));
    }
  }

  @Test
  void an_answer_of_exactly_the_bound_is_read_and_one_byte_more_is_not() {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> ScriptedServer.answer(exchange, 200, "text/plain", "x".repeat(1000)))) {
      Duration patience = Duration.ofSeconds(20);

      assertThat(new Transport(patience, 1000).send(get(server.uri())).body().size())
          .isEqualTo(1000);
      fault(
          ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE,
          () -> new Transport(patience, 999).send(get(server.uri())));
    }
  }

  @Test
  void an_answer_that_drips_is_given_up_after_the_bound_though_bytes_still_come() {
    try (ScriptedServer mallory =
        new ScriptedServer(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                pause();
              }
            })) {
      fault(
          ErrorCode.UPSTREAM_TIMEOUT,
          () -> new Transport(Duration.ofMillis(400), 1000).send(get(mallory.uri())));
    }
  }

  @Test
  void alice_does_not_follow_a_redirect() {
    try (ScriptedServer other =
            new ScriptedServer(
                exchange -> ScriptedServer.answer(exchange, 200, "text/plain", "here"));
        ScriptedServer mallory =
            new ScriptedServer(
                exchange -> {
                  exchange.getResponseHeaders().set("Location", other.uri().toString());
                  ScriptedServer.answer(exchange, 307, "text/plain", "");
                })) {
      assertThat(new Transport().send(get(mallory.uri())).status()).isEqualTo(307);
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void a_problem_is_a_refusal_with_its_code_and_anything_else_is_a_fault() {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange
                  .getResponseHeaders()
                  .set("Talos-Request-Id", "01939f8a-7c00-7000-8000-000000000001");
              ScriptedServer.answer(
                  exchange,
                  404,
                  "application/problem+json; charset=utf-8",
                  "{\"code\":\"AGENT_NOT_FOUND\",\"title\":\"No\",\"retryable\":false}");
            })) {
      Refusal refusal =
          new TalosClient(server.uri())
              .resolve(ALICE)
              .match(
                  granted -> {
                    throw new AssertionError("granted");
                  },
                  refused -> refused.refusal());

      assertThat(refusal.is(ErrorCode.AGENT_NOT_FOUND)).isTrue();
      assertThat(refusal.status()).isEqualTo(404);
      assertThat(refusal.receipt().requestId()).isPresent();
    }
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> ScriptedServer.answer(exchange, 500, "text/html", "<h1>oops</h1>"))) {
      fault(ErrorCode.UPSTREAM_5XX, () -> new TalosClient(server.uri()).resolve(ALICE));
    }
  }

  @Test
  void an_answer_with_a_member_twice_is_not_believed() {
    try (ScriptedServer mallory =
        new ScriptedServer(
            exchange ->
                ScriptedServer.answer(
                    exchange, 200, "application/json", "{\"id\":\"a\",\"id\":\"b\"}"))) {
      fault(ErrorCode.DUPLICATE_MEMBER, () -> new TalosClient(mallory.uri()).resolve(ALICE));
    }
  }

  @Test
  void what_changes_nothing_is_tried_again_and_signed_anew_and_what_changes_something_is_not() {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              boolean third = asked.incrementAndGet() == 3;
              ScriptedServer.answer(
                  exchange,
                  third ? 200 : 503,
                  third ? "application/json" : "application/problem+json",
                  third ? "{}" : "{\"code\":\"REDIS_UNAVAILABLE\"}");
            })) {
      Identity identity = Identity.generate(Randomness.secure());
      AgentClient alice =
          new TalosClient(server.uri(), new Transport(), Clock.systemUTC(), Randomness.secure())
              .agent(identity);

      alice.whoami().orThrow();
      assertThat(server.seen()).hasSize(3);
      assertThat(server.seen().stream().map(s -> s.headers().getFirst("Signature")).distinct())
          .hasSize(3);
      asked.set(0);
      Reply<?> registered = alice.register(Optional.empty());
      assertThat(registered).isInstanceOf(Reply.Refused.class);
      assertThat(server.seen()).hasSize(4);
    }
  }

  @Test
  void nobody_at_the_address_is_a_fault() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    fault(
        ErrorCode.UPSTREAM_UNAVAILABLE,
        () -> new Transport().send(get(URI.create("http://127.0.0.1:" + port))));
  }

  @Test
  void a_path_segment_holds_no_slash_and_no_query() {
    assertThat(Calls.segment("did:key:z6Mk")).isEqualTo("did:key:z6Mk");
    assertThat(Calls.segment("../a b?c#d%é")).isEqualTo("..%2Fa%20b%3Fc%23d%25%C3%A9");
  }

  @Test
  void neither_a_request_nor_an_identity_prints_its_secrets() {
    Identity identity = Identity.generate(Randomness.secure());
    PreparedRequest request =
        new TalosClient(URI.create("http://127.0.0.1:1"))
            .agent(identity)
            .prepare("GET", "/identity/whoami", Optional.empty(), Bytes.empty());

    assertThat(request.headers()).containsKeys("signature", "signature-input");
    assertThat(request.toString()).doesNotContainIgnoringCase("signature");
    assertThat(identity.toString()).isEqualTo("Identity[" + identity.did() + "]");
  }

  private static PreparedRequest get(URI uri) {
    return new PreparedRequest("GET", uri, Map.of(), Bytes.empty());
  }

  private static void fault(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
