package io.talos.gateway.mcp;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one message to an MCP server and reads its whole answer, both bounded. Thread safe. */
public final class Upstream {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final int FIRST_VISIBLE = 0x21;
  private static final int LAST_VISIBLE = 0x7E;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Duration timeout;
  private final int bytesMax;

  /** Waits at most {@code timeout} for an answer of at most {@code bytesMax} bytes. */
  public Upstream(Duration timeout, int bytesMax) {
    this.timeout = timeout;
    this.bytesMax = bytesMax;
  }

  /**
   * What is sent.
   *
   * @param method {@code POST} or {@code DELETE}
   * @param sessionId the upstream's session
   * @param protocolVersion the {@code MCP-Protocol-Version} header
   */
  public record Call(
      String method,
      URI url,
      Bytes body,
      Optional<SecretBytes> credential,
      Optional<String> sessionId,
      Optional<String> protocolVersion) {}

  /** What came back. */
  public record Answer(int status, String contentType, Optional<String> sessionId, Bytes body) {}

  /**
   * Sends.
   *
   * <p>Refuses with: {@link ErrorCode#UPSTREAM_TIMEOUT}, {@link ErrorCode#UPSTREAM_UNAVAILABLE},
   * {@link ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE}, {@link ErrorCode#CONFIGURATION_INVALID} for a
   * credential that no header can carry.
   */
  public Answer send(Call call) {
    CompletableFuture<HttpResponse<Bytes>> coming =
        client.sendAsync(request(call), head -> new BoundedBody(bytesMax));
    try {
      // The request's own timeout ends with the answer's head; this one bounds the body too.
      HttpResponse<Bytes> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response.headers().firstValue("mcp-session-id"),
          response.body());
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "no whole answer in time", e);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    }
  }

  private static TalosException failure(ExecutionException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof TalosException refusal) {
        return refusal;
      }
      if (cause instanceof HttpTimeoutException) {
        return new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "no answer in time", failed);
      }
    }
    return new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "cannot be reached", failed);
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.url())
            .timeout(timeout)
            .header("Accept", "application/json, text/event-stream")
            .method(
                call.method(),
                call.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(call.body().toArray()));
    if (!call.body().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    call.sessionId().ifPresent(id -> request.header("Mcp-Session-Id", id));
    call.protocolVersion().ifPresent(v -> request.header("MCP-Protocol-Version", v));
    call.credential().ifPresent(secret -> request.header("Authorization", bearer(secret)));
    return request.build();
  }

  private static String bearer(SecretBytes secret) {
    byte[] clear = secret.reveal();
    try {
      // The HTTP client would repeat what it cannot send in its exception, and so in the log.
      for (byte octet : clear) {
        if (octet < FIRST_VISIBLE || octet > LAST_VISIBLE) {
          throw new TalosException(
              ErrorCode.CONFIGURATION_INVALID, "the upstream's credential cannot be sent");
        }
      }
      return "Bearer " + new String(clear, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
