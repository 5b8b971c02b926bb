package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Reads the audit log with its caller's rights. */
public final class AuditReader {
  private final Calls calls;

  AuditReader(Calls calls) {
    this.calls = calls;
  }

  /** One event with what its caller may see of it. */
  public Reply<JsonObject> event(UuidV7 id) {
    return calls.get("/audit/events/" + id);
  }

  /**
   * The newest event of this kind that {@code wanted} accepts, none from before {@code request} was
   * made, and among at most {@link Limits#PAGES_MAX} pages.
   */
  public Reply<Optional<JsonObject>> newest(
      String kind, UuidV7 request, Predicate<JsonObject> wanted) {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < Limits.PAGES_MAX; page++) {
      Reply<JsonObject> reply =
          calls.get(
              "/audit/events?kind="
                  + Calls.segment(kind)
                  + cursor.map(c -> "&cursor=" + Calls.segment(c)).orElse(""));
      Optional<JsonObject> events = reply.match(g -> Optional.of(g.value()), r -> Optional.empty());
      if (events.isEmpty()) {
        return reply.map(unreached -> Optional.empty());
      }
      Optional<JsonObject> found =
          events.get().getJsonArray("events").stream()
              .map(JsonValue::asJsonObject)
              .filter(wanted)
              .findFirst();
      cursor = Optional.ofNullable(events.get().getString("next_cursor", null));
      if (found.isPresent() || cursor.isEmpty() || endsBefore(events.get(), request)) {
        return new Reply.Granted<>(found, reply.receipt());
      }
    }
    throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "too many pages of events");
  }

  /**
   * Whether the oldest event of a page was written before the request, clocks being what they are.
   */
  private static boolean endsBefore(JsonObject page, UuidV7 request) {
    JsonArray events = page.getJsonArray("events");
    return !events.isEmpty()
        && new UuidV7(events.getJsonObject(events.size() - 1).getString("event_id")).millis()
            < request.millis() - Limits.CLOCKS_APART.toMillis();
  }

  /**
   * The proof bundle of an event, byte for byte as it is to be kept.
   *
   * @param since size of an earlier checkpoint that the bundle shall prove to continue
   */
  public Reply<Bytes> bundle(UuidV7 id, OptionalLong since) {
    String query = since.isPresent() ? "?since=" + since.getAsLong() : "";
    return calls
        .getRaw("/audit/events/" + id + "/bundle" + query, "application/json")
        .map(Answer::body);
  }

  /**
   * A part of an evidence export. When the server says that it is asked too often, waits and asks
   * again, at most {@link Limits#RATE_WAITS_MAX} times.
   *
   * @param query what is asked for, or the cursor of a part
   */
  Reply<Answer> exportPart(String query) {
    Reply<Answer> reply = calls.getRaw("/audit/exports?" + query, "*/*");
    for (int i = 0; i < Limits.RATE_WAITS_MAX && isRateLimited(reply); i++) {
      Pause.of(Limits.RATE_WAIT);
      reply = calls.getRaw("/audit/exports?" + query, "*/*");
    }
    return reply;
  }

  private static boolean isRateLimited(Reply<Answer> reply) {
    return reply.match(granted -> false, refused -> refused.refusal().is(ErrorCode.RATE_LIMITED));
  }

  /** As {@link #bundle}, waiting until a checkpoint covers the event. */
  public Reply<Bytes> awaitBundle(UuidV7 id, OptionalLong since) {
    long end = System.nanoTime() + Limits.PROOF_WAIT_MAX.toNanos();
    Reply<Bytes> reply = bundle(id, since);
    while (pending(reply) && System.nanoTime() < end) {
      Pause.of(Limits.PROOF_POLL);
      reply = bundle(id, since);
    }
    return reply;
  }

  private static boolean pending(Reply<Bytes> reply) {
    return reply.match(
        granted -> false, refused -> refused.refusal().is(ErrorCode.AUDIT_PROOF_PENDING));
  }
}
