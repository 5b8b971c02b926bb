package io.talos.client.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sends requests and waits for whole answers: at most {@link Limits#ANSWER_BYTES_MAX} bytes within
 * {@link Limits#ANSWER_MAX}, redirects not followed. Thread safe.
 *
 * <p>A server that cannot be reached, is too slow or says too much is a {@link TalosException} with
 * {@link ErrorCode#UPSTREAM_UNAVAILABLE}, {@link ErrorCode#UPSTREAM_TIMEOUT} or {@link
 * ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE}; every status is an {@link Answer}.
 */
public final class Transport {
  private static final int SERVICE_UNAVAILABLE = 503;

  private final HttpClient http;
  private final Duration answerMax;
  private final int bytesMax;
  private final Backoff backoff;

  /** A transport with the usual bounds. */
  public Transport() {
    this(Limits.ANSWER_MAX, Limits.ANSWER_BYTES_MAX);
  }

  /** A transport with narrower bounds. */
  public Transport(Duration answerMax, int bytesMax) {
    this(answerMax, bytesMax, Backoff.usual(Randomness.secure()));
  }

  /** A transport with other bounds, also on how long it waits between two tries. */
  public Transport(Duration answerMax, int bytesMax, Backoff backoff) {
    this.backoff = backoff;
    this.answerMax = answerMax;
    this.bytesMax = bytesMax;
    // HTTP/1.1: the offer to upgrade to HTTP/2 in clear would be one more thing to go wrong.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Limits.CONNECT_MAX)
            .build();
  }

  /** Sends {@code request} once. */
  public Answer send(PreparedRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(answerMax)
            .method(
                request.method(),
                request.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body().toArray()));
    request.headers().forEach(builder::setHeader);
    return answer(
        await(http.sendAsync(builder.build(), info -> new BoundedBody(bytesMax)), request));
  }

  /**
   * Sends a request that changes nothing, again when the server cannot be reached or says 503, up
   * to {@link Limits#TRIES_MAX} times; each try is prepared, and so signed, anew.
   */
  public Answer sendRepeatable(Supplier<PreparedRequest> request) {
    for (int tried = 1; ; tried++) {
      boolean last = tried == Limits.TRIES_MAX;
      try {
        Answer answer = send(request.get());
        if (last || answer.status() != SERVICE_UNAVAILABLE) {
          return answer;
        }
      } catch (TalosException e) {
        if (last || e.code() != ErrorCode.UPSTREAM_UNAVAILABLE) {
          throw e;
        }
      }
      pause(backoff.after(tried));
    }
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> pending, PreparedRequest request) {
    try {
      // The request's own time-out ends with the answer's headers; this one holds for the body too.
      return pending.get(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    } catch (ExecutionException e) {
      throw fault(e, request);
    }
  }

  private static TalosException fault(ExecutionException failed, PreparedRequest request) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof TalosException known) {
        return known;
      }
      if (cause instanceof java.net.http.HttpConnectTimeoutException) {
        break;
      }
      if (cause instanceof java.net.http.HttpTimeoutException) {
        return new TalosException(
            ErrorCode.UPSTREAM_TIMEOUT, "no answer from " + request.uri(), failed);
      }
    }
    return new TalosException(
        ErrorCode.UPSTREAM_UNAVAILABLE, "cannot reach " + request.uri(), failed);
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers().map().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), e -> e.getValue())),
        Bytes.of(response.body()));
  }

  /**
   * Waits.
   *
   * @throws TalosException {@link ErrorCode#UPSTREAM_UNAVAILABLE} when interrupted
   */
  public static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    }
  }
}
