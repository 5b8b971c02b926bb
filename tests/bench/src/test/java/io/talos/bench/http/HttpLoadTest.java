package io.talos.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.talos.contracts.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load that asks something else than it reports would make every number a lie. */
class HttpLoadTest {
  private static final int TOO_MANY_REQUESTS = 429;

  private final Map<String, LongAdder> asked = new ConcurrentHashMap<>();
  private final HttpServer server;

  HttpLoadTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.computeIfAbsent(path, p -> new LongAdder()).increment();
          exchange.getRequestBody().readAllBytes();
          boolean chunked = path.endsWith("1");
          byte[] body = "body".getBytes(StandardCharsets.US_ASCII);
          int status = path.endsWith("2") ? TOO_MANY_REQUESTS : 200;
          exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private record Numbered(URI base, int principals) implements Workload {
    @Override
    public String name() {
      return "numbered";
    }

    @Override
    public WireRequest next(int principal) {
      return WireRequest.of(
          "POST", base.resolve("/principal-" + principal), Map.of(), Bytes.utf8("{}"));
    }
  }

  private LoadResult load(int principals, int connections, int requests) {
    InetSocketAddress address = server.getAddress();
    URI base = URI.create("http://127.0.0.1:" + address.getPort());
    return new HttpLoad(address, Optional.of(ProcessHandle.current()))
        .run(new Numbered(base, principals), connections, requests);
  }

  private long asked(int principal) {
    LongAdder times = asked.get("/principal-" + principal);
    return times == null ? 0 : times.sum();
  }

  @Test
  void as_many_requests_are_sent_as_are_reported_by_each_principal_as_many() {
    LoadResult result = load(4, 2, 80);

    assertThat(result.requests()).isEqualTo(80);
    for (int principal = 0; principal < 4; principal++) {
      assertThat(asked(principal)).isEqualTo(20);
    }
  }

  @Test
  void a_refusal_is_reported_as_one() {
    LoadResult result = load(4, 4, 40);

    assertThat(result.statuses()).isEqualTo(Map.of(200, 30, TOO_MANY_REQUESTS, 10));
  }

  @Test
  void half_of_the_requests_took_at_most_the_median_and_none_took_longer_than_the_last() {
    LoadResult result =
        new LoadResult(
            "made up",
            1,
            java.time.Duration.ofSeconds(2),
            Optional.empty(),
            Map.of(200, 4),
            new long[] {4_000_000, 1_000_000, 3_000_000, 2_000_000});

    assertThat(result.millis(0.5)).isEqualTo(2.0);
    assertThat(result.millis(0.99)).isEqualTo(4.0);
    assertThat(result.perSecond()).isEqualTo(2.0);
  }
}
