package io.talos.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.talos.contracts.crypto.TlsTrust;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory owns a name and a web server, and wants Talos to go elsewhere, or to stay for long. */
class MisledServerTest {
  private static final Duration WHOLE = Duration.ofMillis(700);
  private static final Duration LONG_AFTER = Duration.ofSeconds(20);
  private static final Duration LONG_BEFORE = Duration.ofSeconds(8);
  private static final int BYTES_MAX = 1000;
  private static final GuardedHttp.Bounds BOUNDS =
      new GuardedHttp.Bounds(Duration.ofSeconds(15), BYTES_MAX, 4, 2);
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private HttpServer mallory;

  @BeforeEach
  void mallory_listens() throws IOException {
    mallory = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    mallory.setExecutor(threads);
    mallory.start();
  }

  @AfterEach
  void mallory_is_gone() throws Exception {
    over.countDown();
    mallory.stop(0);
    threads.shutdownNow();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void an_answer_comes_back_whole() {
    answer(exchange -> write(exchange, 200, "hello"));

    GuardedHttp.Answer answer = http(Reach.PRIVATE_TOO).send(get("acme.test"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("X-Who")).contains("mallory");
    assertThat(new String(answer.body().toArray(), StandardCharsets.UTF_8)).isEqualTo("hello");
  }

  @Test
  void a_name_that_means_this_machine_is_refused_before_anything_is_sent() {
    answer(exchange -> write(exchange, 200, "secret"));

    assertRefused(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, http(Reach.PUBLIC), get("acme.test"));
    assertThat(arrived).hasValue(0);
  }

  @Test
  void an_address_written_in_the_url_is_checked_as_well() {
    answer(exchange -> write(exchange, 200, "secret"));

    for (String host : List.of("127.0.0.1", "[::1]", "localhost", "0x7f.1", "2130706433")) {
      assertThatThrownBy(
              () ->
                  track(new GuardedHttp(AddressGuard.of(Reach.PUBLIC), BOUNDS, trust()))
                      .send(get(host)))
          .as(host)
          .isInstanceOf(TalosException.class);
    }
    assertThat(arrived).hasValue(0);
  }

  @Test
  void a_name_with_a_public_and_a_private_address_is_refused_whole() throws Exception {
    InetAddress abroad = InetAddress.getByName("1.1.1.1");

    GuardedHttp http = http(Reach.PUBLIC, host -> new InetAddress[] {abroad, HERE});

    assertRefused(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, http, get("acme.test"));
  }

  @Test
  void the_name_is_asked_once_and_the_connection_goes_to_what_was_checked() throws Exception {
    answer(exchange -> write(exchange, 200, "hello"));
    AtomicInteger asked = new AtomicInteger();
    GuardedHttp http =
        http(
            Reach.PRIVATE_TOO,
            host -> {
              // Whoever asked a second time would be sent to a place where nobody answers.
              return asked.getAndIncrement() == 0
                  ? new InetAddress[] {HERE}
                  : new InetAddress[] {InetAddress.getByName("127.255.255.254")};
            });

    http.send(get("acme.test"));

    assertThat(asked).hasValue(1);
    assertThat(arrived).hasValue(1);
  }

  @Test
  void a_name_with_very_many_addresses_is_refused() {
    InetAddress[] many = new InetAddress[Limits.ADDRESSES_MAX + 1];
    Arrays.fill(many, HERE);

    assertRefused(
        ErrorCode.UPSTREAM_UNAVAILABLE, http(Reach.PRIVATE_TOO, host -> many), get("acme.test"));
  }

  @Test
  void a_name_that_nobody_answers_for_does_not_hold_the_caller() {
    GuardedHttp http =
        http(
            Reach.PUBLIC,
            host -> {
              await();
              throw new UnknownHostException(host);
            });

    assertTimeoutPreemptively(
        LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT, http, get("acme.test")));
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data");
          write(exchange, 302, "");
        });

    GuardedHttp.Answer answer = http(Reach.PRIVATE_TOO).send(get("acme.test"));

    assertThat(answer.status()).isEqualTo(302);
    assertThat(arrived).hasValue(1);
  }

  @Test
  void an_answer_of_exactly_the_bound_comes_back_and_one_byte_more_does_not() {
    answer(exchange -> write(exchange, 200, " ".repeat(BYTES_MAX)));
    GuardedHttp http = http(Reach.PRIVATE_TOO);
    assertThat(http.send(get("acme.test")).body().size()).isEqualTo(BYTES_MAX);

    mallory.removeContext("/");
    answer(exchange -> write(exchange, 200, " ".repeat(BYTES_MAX + 1)));

    assertRefused(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, http, get("acme.test"));
  }

  @Test
  void an_endless_answer_is_dropped_at_the_bound() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 1_000_000; i++) {
            out.write(new byte[1024]);
          }
        });

    assertTimeoutPreemptively(
        LONG_BEFORE,
        () ->
            assertRefused(
                ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, http(Reach.PRIVATE_TOO), get("acme.test")));
  }

  @Test
  void a_packed_answer_is_not_unpacked() {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          write(exchange, 200, "no gzip at all");
        });

    assertThat(http(Reach.PRIVATE_TOO).send(get("acme.test")).body().size()).isEqualTo(14);
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

    assertTimeoutPreemptively(
        LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT, hasty(), get("acme.test")));
  }

  @Test
  void silence_is_given_up_in_time() {
    answer(exchange -> await());

    assertTimeoutPreemptively(
        LONG_AFTER, () -> assertRefused(ErrorCode.UPSTREAM_TIMEOUT, hasty(), get("acme.test")));
  }

  @Test
  void a_head_with_very_many_fields_is_refused() {
    answer(
        exchange -> {
          for (int i = 0; i <= Limits.FIELDS_MAX; i++) {
            exchange.getResponseHeaders().set("X-" + i, "1");
          }
          write(exchange, 200, "hello");
        });

    assertRefused(ErrorCode.UPSTREAM_UNAVAILABLE, http(Reach.PRIVATE_TOO), get("acme.test"));
  }

  @Test
  void a_certificate_for_the_host_is_believed_when_its_authority_is(@TempDir Path folder)
      throws Exception {
    Certificates acme = Certificates.forHost(folder, "acme.test");
    int port = listenWithTls(acme);

    GuardedHttp trusting = https(acme);

    assertThat(trusting.send(getTls("acme.test", port)).status()).isEqualTo(200);
    assertRefused(
        ErrorCode.UPSTREAM_UNAVAILABLE, http(Reach.PRIVATE_TOO), getTls("acme.test", port));
    assertThat(arrived).hasValue(1);
  }

  @Test
  void a_certificate_for_another_host_is_not_believed(@TempDir Path folder) throws Exception {
    Certificates mallorys = Certificates.forHost(folder, "mallory.test");
    int port = listenWithTls(mallorys);

    assertRefused(ErrorCode.UPSTREAM_UNAVAILABLE, https(mallorys), getTls("acme.test", port));
    assertThat(arrived).hasValue(0);
  }

  private int listenWithTls(Certificates certificates) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
    server.setExecutor(threads);
    server.createContext("/", counted(exchange -> write(exchange, 200, "hello")));
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private GuardedHttp https(Certificates trusted) {
    return track(
        new GuardedHttp(
            new AddressGuard(Reach.PRIVATE_TOO, host -> new InetAddress[] {HERE}),
            BOUNDS,
            TlsTrust.with(Optional.of(trusted.pem()))));
  }

  private GuardedHttp http(Reach reach) {
    return http(reach, host -> new InetAddress[] {HERE});
  }

  private GuardedHttp http(Reach reach, NameLookup names) {
    return track(new GuardedHttp(new AddressGuard(reach, names), BOUNDS, trust()));
  }

  /** Waits for a short time only. */
  private GuardedHttp hasty() {
    return track(
        new GuardedHttp(
            new AddressGuard(Reach.PRIVATE_TOO, host -> new InetAddress[] {HERE}),
            new GuardedHttp.Bounds(WHOLE, BYTES_MAX, 4, 2),
            trust()));
  }

  private GuardedHttp track(GuardedHttp http) {
    open.add(http);
    return http;
  }

  private static SSLContext trust() {
    return TlsTrust.with(Optional.empty());
  }

  private GuardedHttp.Ask get(String host) {
    return GuardedHttp.Ask.get(
        URI.create("http://" + host + ":" + mallory.getAddress().getPort() + "/"), "*/*");
  }

  private static GuardedHttp.Ask getTls(String host, int port) {
    return GuardedHttp.Ask.get(URI.create("https://" + host + ":" + port + "/"), "*/*");
  }

  private static void assertRefused(ErrorCode code, GuardedHttp http, GuardedHttp.Ask ask) {
    assertThatThrownBy(() -> http.send(ask))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private void answer(HttpHandler handler) {
    mallory.createContext("/", counted(handler));
  }

  private HttpHandler counted(HttpHandler handler) {
    return exchange -> {
      arrived.incrementAndGet();
      exchange.getResponseHeaders().set("X-Who", "mallory");
      handler.handle(exchange);
    };
  }

  private static void write(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
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
