package io.talos.contracts.audit;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.Rfc3339;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which events are asked for; every part that is there must fit. A time at {@code from} itself is
 * in, a time at {@code to} itself is out, so that windows which touch share no event and miss none.
 *
 * <p>Texts have at most {@value #CHARACTERS_MAX} characters.
 *
 * @param principal of exactly this agent or virtual key
 * @param kind exactly this kind
 * @param surface of a request on exactly this surface
 * @param result that ended so
 * @param request of exactly this request
 * @param resource that happened to the thing with exactly this id
 * @param from not earlier
 * @param to earlier
 */
public record EventFilter(
    Optional<String> principal,
    Optional<String> kind,
    Optional<String> surface,
    Optional<EventResult> result,
    Optional<UuidV7> request,
    Optional<String> resource,
    Optional<Instant> from,
    Optional<Instant> to) {
  /** Longest text in characters. */
  public static final int CHARACTERS_MAX = 255;

  /** The names of the parts, on the wire. */
  public static final Set<String> NAMES =
      Set.of("principal", "kind", "surface", "result", "request", "resource", "from", "to");

  /** Refuses a text that is too long or that no database holds, and a window that is none. */
  public EventFilter {
    requireText(principal);
    requireText(kind);
    requireText(surface);
    requireText(resource);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw invalid("the window ends before it begins");
    }
  }

  private static void requireText(Optional<String> text) {
    text.ifPresent(
        value -> {
          if (value.isEmpty() || value.length() > CHARACTERS_MAX || value.indexOf('\0') >= 0) {
            throw invalid("not a text to look for");
          }
        });
  }

  /** All events. */
  public static EventFilter all() {
    return of(Map.of());
  }

  /**
   * Reads parts by their names; members of other names are passed over.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when a part cannot be one
   */
  public static EventFilter of(Map<String, String> parts) {
    return new EventFilter(
        Optional.ofNullable(parts.get("principal")),
        Optional.ofNullable(parts.get("kind")),
        Optional.ofNullable(parts.get("surface")),
        Optional.ofNullable(parts.get("result")).map(EventFilter::result),
        Optional.ofNullable(parts.get("request")).map(EventFilter::id),
        Optional.ofNullable(parts.get("resource")),
        Optional.ofNullable(parts.get("from")).map(Rfc3339::parse),
        Optional.ofNullable(parts.get("to")).map(Rfc3339::parse));
  }

  private static EventResult result(String wire) {
    return Arrays.stream(EventResult.values())
        .filter(result -> result.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> invalid("no such result"));
  }

  private static UuidV7 id(String text) {
    try {
      return new UuidV7(text);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a request's id", e);
    }
  }

  /** The parts that are there, by name; {@link #of} reads them back. */
  public SortedMap<String, String> parts() {
    SortedMap<String, String> parts = new TreeMap<>();
    principal.ifPresent(value -> parts.put("principal", value));
    kind.ifPresent(value -> parts.put("kind", value));
    surface.ifPresent(value -> parts.put("surface", value));
    result.ifPresent(value -> parts.put("result", value.wire()));
    request.ifPresent(value -> parts.put("request", value.text()));
    resource.ifPresent(value -> parts.put("resource", value));
    from.ifPresent(value -> parts.put("from", WireTime.format(value)));
    to.ifPresent(value -> parts.put("to", WireTime.format(value)));
    return parts;
  }

  /** The same of one principal only. */
  public EventFilter by(String id) {
    return new EventFilter(Optional.of(id), kind, surface, result, request, resource, from, to);
  }

  /** Whether a time lies in the window. */
  public boolean covers(Instant time) {
    return from.map(begin -> !time.isBefore(begin)).orElse(true)
        && to.map(time::isBefore).orElse(true);
  }

  /** Whether this event is asked for. */
  public boolean accepts(JsonObject event) {
    return fits(principal, part(event, "principal", "id"))
        && fits(kind, event.getString("kind", ""))
        && fits(surface, event.getString("surface_id", ""))
        && fits(result.map(EventResult::wire), event.getString("result", ""))
        && fits(request.map(UuidV7::text), event.getString("request_id", ""))
        && fits(resource, part(event, "resource", "id"))
        && covers(WireTime.parse(event.getString("ts", "")));
  }

  private static String part(JsonObject event, String member, String name) {
    return event.get(member) instanceof JsonObject object ? object.getString(name, "") : "";
  }

  private static boolean fits(Optional<String> wanted, String found) {
    return wanted.map(found::equals).orElse(true);
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.TALOS_INVALID_INPUT, why);
  }
}
