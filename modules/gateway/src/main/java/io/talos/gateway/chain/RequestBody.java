package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and checks a body: bounded bytes, strict JSON, then the surface's schema; text is bounded
 * alone.
 *
 * <p>Refuses with: {@link ErrorCode#BODY_NOT_ALLOWED}, {@link ErrorCode#BODY_REQUIRED}, {@link
 * ErrorCode#BODY_TOO_LARGE}, {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE}, {@link
 * ErrorCode#SCHEMA_VALIDATION_ERROR} and what {@link StrictJson} refuses with.
 */
@Dependent
class RequestBody {
  /** A body that is one JSON-RPC message, checked by the protocol instead of a schema. */
  static final String JSON_RPC = "json-rpc";

  /** A body that is text of another standard, which its handler reads; of whatever media type. */
  static final String TEXT = "text";

  private static final Pattern JSON =
      Pattern.compile("application/json *(; *charset=\"?utf-8\"? *)?", Pattern.CASE_INSENSITIVE);

  private static final List<String> NO_LENGTH = List.of("0");

  private final SchemaLibrary schemas;
  private final BodySlots slots;

  @Inject
  RequestBody(SchemaLibrary schemas, BodySlots slots) {
    this.schemas = schemas;
    this.slots = slots;
  }

  /** Reads the bytes that belong to {@code surface}; empty when it takes no body. */
  Bytes read(Arrival arrival, Surface surface) {
    if (surface.body().isEmpty()) {
      return none(arrival);
    }
    Bytes bytes =
        slots.within(arrival.clientAddress(), () -> arrival.body().read(surface.bodyBytesMax()));
    if (bytes.size() > surface.bodyBytesMax()) {
      throw new Unreadable(Problem.of(ErrorCode.BODY_TOO_LARGE));
    }
    if (bytes.isEmpty()) {
      throw new Unreadable(Problem.of(ErrorCode.BODY_REQUIRED));
    }
    boolean taken =
        surface.body().get().equals(TEXT)
            ? !arrival.headers().containsKey("content-encoding")
            : isJson(arrival);
    if (!taken) {
      throw new Unreadable(Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    }
    return bytes;
  }

  /** A body that does not belong here is refused by its headers, without waiting for it. */
  private static Bytes none(Arrival arrival) {
    boolean announced =
        arrival.headers().containsKey("transfer-encoding")
            || !arrival.headers().getOrDefault("content-length", NO_LENGTH).equals(NO_LENGTH);
    if (announced) {
      throw new Unreadable(Problem.of(ErrorCode.BODY_NOT_ALLOWED));
    }
    return Bytes.empty();
  }

  /** Parses the bytes and holds them against the surface's schema. */
  Optional<JsonObject> check(Bytes bytes, Surface surface) {
    if (surface.body().filter(body -> !body.equals(TEXT)).isEmpty()) {
      return Optional.empty();
    }
    JsonValue value = StrictJson.parse(bytes, Limits.REQUEST.withBytesMax(surface.bodyBytesMax()));
    String schema = surface.body().get();
    if (!schema.equals(JSON_RPC)) {
      List<SchemaLibrary.Violation> violations = schemas.violations(schema, value);
      if (!violations.isEmpty()) {
        throw new Unreadable(
            Problem.at(ErrorCode.SCHEMA_VALIDATION_ERROR, violations.get(0).pointer()));
      }
      if (holdsNul(value)) {
        throw new Unreadable(Problem.of(ErrorCode.SCHEMA_VALIDATION_ERROR));
      }
    }
    if (value instanceof JsonObject object) {
      return Optional.of(object);
    }
    throw new Unreadable(
        Problem.of(
            schema.equals(JSON_RPC) ? ErrorCode.MCP_PROTOCOL : ErrorCode.SCHEMA_VALIDATION_ERROR));
  }

  /** JSON may hold U+0000 in a text, the database may not; no member of ours means it. */
  private static boolean holdsNul(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object.values().stream().anyMatch(RequestBody::holdsNul);
    }
    if (value instanceof JsonArray array) {
      return array.stream().anyMatch(RequestBody::holdsNul);
    }
    return value instanceof JsonString text && text.getString().indexOf('\0') >= 0;
  }

  private static boolean isJson(Arrival arrival) {
    return arrival.single("content-type").map(t -> JSON.matcher(t.trim()).matches()).orElse(false)
        && !arrival.headers().containsKey("content-encoding");
  }

  /** The body cannot be used; nothing was stored or spent. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Unreadable(Problem problem) {
      super(problem.code().name(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
