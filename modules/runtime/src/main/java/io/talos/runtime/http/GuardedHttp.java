package io.talos.runtime.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Asks another server one thing and reads its whole answer, bounded in place, time and size. Thread
 * safe; a call blocks its thread.
 *
 * <p>The name is resolved once for a connection, every address of it is checked, and the connection
 * goes to one of those that were checked. TLS certificates must name the host of the URL. Nothing
 * is followed, retried, unpacked, remembered or sent through a proxy: a redirect is an answer.
 *
 * <p>Source: RFC 9110 §15.4 (redirects are not followed), RFC 9110 §4.3.4 (the certificate names
 * the origin's host).
 *
 * <p>Refuses with: {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}, {@link
 * ErrorCode#UPSTREAM_TIMEOUT}, {@link ErrorCode#UPSTREAM_UNAVAILABLE}, {@link
 * ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE}.
 */
public final class GuardedHttp implements AutoCloseable {
  private final AddressGuard guard;
  private final Bounds bounds;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, Daemons.named("talos-http-watch"));

  /** Asks within {@code bounds} whom {@code guard} allows and {@code tls} trusts. */
  public GuardedHttp(AddressGuard guard, Bounds bounds, SSLContext tls) {
    this.guard = guard;
    this.bounds = bounds;
    this.client = GuardedClient.of(guard, bounds, tls);
    watch.setRemoveOnCancelPolicy(true);
  }

  /**
   * What a call may take.
   *
   * @param whole from asking to the last byte of the answer
   * @param bytesMax largest body of an answer
   * @param connectionsMax most connections, and so most calls, at once
   * @param hostConnectionsMax most of them to one host
   */
  public record Bounds(Duration whole, int bytesMax, int connectionsMax, int hostConnectionsMax) {
    /** All are positive. */
    public Bounds {
      Check.that(!whole.isNegative() && !whole.isZero(), "a call takes time");
      Check.that(bytesMax > 0 && connectionsMax > 0 && hostConnectionsMax > 0, "bounds are real");
    }
  }

  /**
   * What is asked.
   *
   * @param method the HTTP method
   * @param url an absolute {@code http} or {@code https} URL
   * @param fields header fields; no {@code Host}, no {@code Content-Length}
   * @param body what is sent; nothing when it is empty
   */
  public record Ask(String method, URI url, Map<String, String> fields, Bytes body) {
    /** Copies. */
    public Ask {
      fields = Map.copyOf(fields);
    }

    /** A field may be a credential. */
    @Override
    public String toString() {
      return method + " " + url.getScheme() + "://" + url.getAuthority();
    }

    /** Reads {@code url}. */
    public static Ask get(URI url, String accept) {
      return new Ask("GET", url, Map.of("Accept", accept), Bytes.empty());
    }
  }

  /**
   * What came back.
   *
   * @param fields all values by lower-case field name
   */
  public record Answer(int status, Map<String, List<String>> fields, Bytes body) {
    /** The first value of a header field. */
    public Optional<String> field(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /** Whether {@code url} may be asked now; for whoever wants to refuse it before it is needed. */
  public void check(URI url) {
    guard.resolve(String.valueOf(url.getHost()));
  }

  /** Asks. */
  public Answer send(Ask ask) {
    HttpUriRequestBase request = request(ask);
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end =
        watch.schedule(
            () -> {
              late.set(true);
              request.cancel();
            },
            bounds.whole().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, new WholeAnswer(bounds.bytesMax(), request::cancel));
    } catch (IOException | IllegalStateException e) {
      // A request that is cancelled between two steps is told as an illegal state.
      throw failure(e, late.get());
    } finally {
      end.cancel(false);
    }
  }

  private static HttpUriRequestBase request(Ask ask) {
    HttpUriRequestBase request = new HttpUriRequestBase(ask.method(), ask.url());
    ask.fields().forEach(request::setHeader);
    if (!ask.body().isEmpty()) {
      request.setEntity(new ByteArrayEntity(ask.body().toArray(), ContentType.APPLICATION_JSON));
    }
    return request;
  }

  private static TalosException failure(Exception failed, boolean late) {
    if (late || failed instanceof InterruptedIOException) {
      return new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "no whole answer in time", failed);
    }
    return new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "cannot be reached", failed);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    guard.close();
  }
}
