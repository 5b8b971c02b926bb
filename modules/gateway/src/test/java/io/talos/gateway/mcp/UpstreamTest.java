package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.TlsTrust;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.http.Reach;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory owns an upstream and wants to hold the gateway's threads and memory with it. */
class UpstreamTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration LONG_AFTER = Duration.ofSeconds(20);
  private static final int BYTES_MAX = 1000;

  private final Upstream upstream =
      new Upstream(
          new GuardedHttp(
              AddressGuard.of(Reach.PRIVATE_TOO),
              Upstream.bounds(TIMEOUT, BYTES_MAX),
              TlsTrust.with(Optional.empty())));
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer mallory;

  @BeforeEach
  void mallory_listens() throws IOException {
    mallory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mallory.setExecutor(threads);
    mallory.start();
  }

  @AfterEach
  void mallory_is_gone() {
    over.countDown();
    upstream.close();
    mallory.stop(0);
    threads.shutdownNow();
  }

  @Test
  void an_answer_comes_back_with_type_and_session() {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("Mcp-Session-Id", "s1");
          write(exchange, "{}");
        });

    Upstream.Answer answer = upstream.send(call(Optional.empty()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.sessionId()).contains("s1");
    assertThat(answer.body()).isEqualTo(Bytes.utf8("{}"));
  }

  @Test
  void an_answer_that_begins_and_never_ends_is_given_up_in_time() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        });

    assertTimeoutPreemptively(LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT));
  }

  @Test
  void an_answer_that_drips_is_given_up_in_time() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < BYTES_MAX; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause();
          }
        });

    assertTimeoutPreemptively(LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT));
  }

  @Test
  void silence_is_given_up_in_time() {
    answer(exchange -> await());

    assertTimeoutPreemptively(LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT));
  }

  @Test
  void an_answer_of_exactly_the_bound_comes_back() {
    answer(exchange -> write(exchange, " ".repeat(BYTES_MAX)));

    assertThat(upstream.send(call(Optional.empty())).body().size()).isEqualTo(BYTES_MAX);
  }

  @Test
  void an_answer_one_byte_too_large_is_refused() {
    answer(exchange -> write(exchange, " ".repeat(BYTES_MAX + 1)));

    assertRefused(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE);
  }

  @Test
  void an_upstream_that_is_gone_is_unavailable() {
    URI url = url();
    mallory.stop(0);

    assertThatThrownBy(() -> upstream.send(call(url, Optional.empty())))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
  }

  @Test
  void a_credential_that_cannot_stand_in_a_header_is_never_told_to_the_log() {
    SecretBytes secret = SecretBytes.of("hunter2\nX-Admin: yes".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> upstream.send(call(Optional.of(secret))))
        .isInstanceOf(TalosException.class)
        .satisfies(e -> assertThat(printed(e)).doesNotContain("hunter2"));
  }

  private void assertRefused(ErrorCode code) {
    assertThatThrownBy(() -> upstream.send(call(Optional.empty())))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private void answer(HttpHandler handler) {
    mallory.createContext("/mcp", handler);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + mallory.getAddress().getPort() + "/mcp");
  }

  private Upstream.Call call(Optional<SecretBytes> credential) {
    return call(url(), credential);
  }

  private static Upstream.Call call(URI url, Optional<SecretBytes> credential) {
    return new Upstream.Call(
        "POST", url, Bytes.utf8("{}"), credential, Optional.empty(), Optional.empty());
  }

  private static void write(HttpExchange exchange, String body) throws IOException {
    exchange.sendResponseHeaders(200, body.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
