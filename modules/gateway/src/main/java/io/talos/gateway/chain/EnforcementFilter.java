package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.Traffic;
import io.talos.runtime.request.CurrentRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chain in front of every JAX-RS resource.
 *
 * <p>Fields are injected here and in the other providers, because JAX-RS wants a provider to have a
 * public constructor without arguments.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class EnforcementFilter implements ContainerRequestFilter {
  /** Request property: the {@link Passage.Open} of an admitted request. */
  static final String OPEN = "talos.open";

  /** Request property: the request's id as text. */
  static final String REQUEST_ID = "talos.request-id";

  private static final Duration BODY_MAX = Duration.ofSeconds(20);
  private static final int CHUNK = 8192;

  @Inject private EnforcementChain chain;
  @Inject private CurrentRequest current;
  @Inject private UuidV7Generator ids;
  @Inject private InstantSource clock;

  @Context private @Nullable HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request) {
    UuidV7 requestId = ids.next(clock.instant());
    request.setProperty(REQUEST_ID, requestId.text());
    Optional<Response> stop =
        chain
            .decide(arrival(request), requestId)
            .match(
                open -> pass(request, open),
                repeated -> Optional.of(again(repeated.answer())),
                shut -> Optional.of(stop(shut)));
    stop.ifPresent(request::abortWith);
  }

  private Optional<Response> pass(ContainerRequestContext request, Passage.Open open) {
    current.become(open.context());
    request.setProperty(OPEN, open);
    request.setEntityStream(new ByteArrayInputStream(open.body().toArray()));
    return Optional.empty();
  }

  private static Response stop(Passage.Shut shut) {
    Response response = shut.problem().response();
    return shut.allow().isEmpty()
        ? response
        : Response.fromResponse(response).allow(shut.allow()).build();
  }

  private static Response again(Traffic.Answer answer) {
    Response.ResponseBuilder response =
        Response.status(answer.status()).header("Talos-Idempotent-Replay", "true");
    if (!answer.body().isEmpty()) {
      response.type(answer.contentType()).entity(answer.body().toArray());
    }
    return response.build();
  }

  private Arrival arrival(ContainerRequestContext request) {
    HttpServletRequest servlet = servletRequest;
    if (servlet == null) {
      throw new IllegalStateException("the container injects the request");
    }
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return new Arrival(
        request.getMethod(),
        servlet.getRequestURI(),
        Optional.ofNullable(servlet.getQueryString()),
        headers,
        servlet.getRemoteAddr(),
        operator(request.getSecurityContext().getUserPrincipal()),
        most -> read(request.getEntityStream(), most));
  }

  /** The token that the server's JWT feature has verified; nobody else sets a principal here. */
  private static Optional<OperatorToken> operator(@Nullable Principal user) {
    if (!(user instanceof JsonWebToken token)) {
      return Optional.empty();
    }
    String tokenId = token.getTokenID();
    Set<String> groups = token.getGroups();
    return Optional.of(
        new OperatorToken(
            token.getSubject(),
            groups == null ? Set.of() : groups,
            tokenId == null ? "" : tokenId,
            TokenHeader.keyId(token.getRawToken()),
            Instant.ofEpochSecond(token.getExpirationTime())));
  }

  /** Reads at most one byte more than {@code most}, and not for longer than {@link #BODY_MAX}. */
  private static Bytes read(@Nullable InputStream body, int most) {
    if (body == null) {
      return Bytes.empty();
    }
    long end = System.nanoTime() + BODY_MAX.toNanos();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try {
      while (read.size() <= most) {
        int count = body.read(chunk, 0, Math.min(chunk.length, most + 1 - read.size()));
        if (count < 0) {
          break;
        }
        read.write(chunk, 0, count);
        if (System.nanoTime() > end) {
          throw new TalosException(ErrorCode.BODY_TOO_SLOW, "the body takes too long");
        }
      }
      return Bytes.of(read.toByteArray());
    } catch (SocketTimeoutException e) {
      throw new TalosException(ErrorCode.BODY_TOO_SLOW, "the body does not come", e);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "the body broke off", e);
    }
  }
}
