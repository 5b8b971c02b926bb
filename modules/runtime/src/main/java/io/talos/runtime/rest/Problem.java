package io.talos.runtime.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/**
 * The one form of an answer that says no: {@code application/problem+json} with a stable code.
 *
 * <p>It holds registered text only, never an exception's.
 *
 * <p>Source: RFC 9457 §3.
 *
 * @param code the stable code
 * @param pointer RFC 6901 pointer to the member that does not fit
 * @param retryAfter how long to wait before trying again
 */
public record Problem(ErrorCode code, Optional<String> pointer, Optional<Duration> retryAfter) {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Duration RETRY_AFTER_FAULT = Duration.ofSeconds(2);

  /** A problem that needs no more than its code. */
  public static Problem of(ErrorCode code) {
    boolean fault = code.httpStatus() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
    return new Problem(
        code, Optional.empty(), fault ? Optional.of(RETRY_AFTER_FAULT) : Optional.empty());
  }

  /** A problem at one place of the body. */
  public static Problem at(ErrorCode code, String pointer) {
    return new Problem(code, Optional.of(pointer), Optional.empty());
  }

  /** The response that carries it. */
  public Response response() {
    Response.ResponseBuilder response =
        Response.status(code.httpStatus()).type(MEDIA_TYPE).entity(this);
    retryAfter.ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
    if (code.httpStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.header("WWW-Authenticate", "Bearer realm=\"talos\"");
    }
    return response.build();
  }

  /** Its JSON form. */
  public JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("type", "urn:talos:error:" + code.name())
            .add("title", code.title())
            .add("status", code.httpStatus())
            .add("code", code.name())
            .add("retryable", code.retryable());
    pointer.ifPresent(p -> json.add("pointer", p));
    return json.build();
  }
}
