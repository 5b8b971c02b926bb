package io.talos.a2a.sessions;

import io.talos.contracts.Check;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A link of a session's history. Its digest is hex SHA-256 of the canonical JSON of {@code
 * {schema_id, schema_version, event_id, session_id, sequence, actor_id, event_type, ts, data,
 * previous_digest}}, so no event can be changed, left out or moved without every later digest
 * changing. The first event has no {@code previous_digest}.
 *
 * @param eventId names the event
 * @param sessionId whose history it belongs to
 * @param sequence its place there, from 0
 * @param actorId the participant who did it
 * @param type what happened
 * @param time when, to the millisecond
 * @param data what belongs to it: digests and names, nothing secret
 * @param previousDigest digest of the event before
 */
public record SessionEvent(
    UuidV7 eventId,
    UuidV7 sessionId,
    long sequence,
    String actorId,
    Type type,
    Instant time,
    JsonObject data,
    Optional<String> previousDigest) {

  /** What can happen to a session. */
  public enum Type {
    /** The initiator asked for it. */
    SESSION_OPENED,
    /** The responder accepted it. */
    SESSION_ACCEPTED,
    /** A participant rotated its keys. */
    SESSION_ROTATED,
    /** A participant closed it. */
    SESSION_CLOSED;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that name. */
    public static Type of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }

  /** Only the first event has nothing before it. */
  public SessionEvent {
    Check.that(sequence >= 0, "a place is not negative");
    Check.that((sequence == 0) == previousDigest.isEmpty(), "only the first has none before it");
    Check.that(WireTime.cut(time).equals(time), "the time has whole milliseconds");
  }

  /** The digest. */
  public String digest() {
    return FrameDigest.ofEvent(hashed());
  }

  /** The event as participants see it: what the digest covers, and the digest. */
  public JsonObject toJson() {
    return Json.createObjectBuilder(hashed()).add("event_digest", digest()).build();
  }

  private JsonObject hashed() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", "talos.a2a.session_event")
            .add("schema_version", "v2")
            .add("event_id", eventId.text())
            .add("session_id", sessionId.text())
            .add("sequence", sequence)
            .add("actor_id", actorId)
            .add("event_type", type.wire())
            .add("ts", WireTime.format(time))
            .add("data", data);
    previousDigest.ifPresent(digest -> json.add("previous_digest", digest));
    return json.build();
  }
}
