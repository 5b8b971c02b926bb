package io.talos.a2a.groups;

import io.talos.contracts.Check;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A link of a group's history. Its digest is hex SHA-256 of the canonical JSON of {@code
 * {schema_id, schema_version, event_id, group_id, sequence, actor_id, target_id, event_type, ts,
 * data, previous_digest}}, so no event can be changed, left out or moved without every later digest
 * changing. The first event has no {@code previous_digest}; {@code target_id} is there when the
 * event is about somebody.
 *
 * @param eventId names the event
 * @param groupId whose history it belongs to
 * @param sequence its place there, from 0
 * @param actorId the agent that did it
 * @param said what happened
 * @param time when, to the millisecond
 * @param previousDigest digest of the event before
 */
public record GroupEvent(
    UuidV7 eventId,
    UuidV7 groupId,
    long sequence,
    String actorId,
    Said said,
    Instant time,
    Optional<String> previousDigest) {

  /** What can happen to a group. */
  public enum Type {
    /** Somebody made it. */
    GROUP_CREATED,
    /** A commit began an epoch. */
    EPOCH_COMMITTED,
    /** A commit added a member. */
    MEMBER_ADDED,
    /** A commit removed a member. */
    MEMBER_REMOVED,
    /** A member asked to leave. */
    MEMBER_LEAVING,
    /** The owner let an agent join. */
    MEMBER_INVITED,
    /** Another member is the owner. */
    OWNER_CHANGED,
    /** The owner closed it. */
    GROUP_CLOSED;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that name. */
    public static Type of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What an event says, before it has a place.
   *
   * @param target whom it is about
   * @param data numbers, digests and names; nothing secret
   */
  public record Said(Type type, Optional<String> target, JsonObject data) {
    /** Something about nobody in particular. */
    public static Said of(Type type, JsonObject data) {
      return new Said(type, Optional.empty(), data);
    }

    /** Something about {@code target}. */
    public static Said about(String target, Type type, JsonObject data) {
      return new Said(type, Optional.of(target), data);
    }
  }

  /** Only the first event has nothing before it. */
  public GroupEvent {
    Check.that(sequence >= 0, "a place is not negative");
    Check.that((sequence == 0) == previousDigest.isEmpty(), "only the first has none before it");
    Check.that(WireTime.cut(time).equals(time), "the time has whole milliseconds");
  }

  /** The events that {@code actor} adds to a history of {@code length} events, in order. */
  static List<GroupEvent> chain(
      UuidV7 group,
      long length,
      Optional<String> previous,
      String actor,
      List<Said> said,
      UuidV7Generator ids,
      Instant now) {
    List<GroupEvent> events = new ArrayList<>();
    Optional<String> digest = previous;
    for (Said each : said) {
      GroupEvent event =
          new GroupEvent(ids.next(now), group, length + events.size(), actor, each, now, digest);
      events.add(event);
      digest = Optional.of(event.digest());
    }
    return events;
  }

  /** The digest. */
  public String digest() {
    return FrameDigest.ofEvent(body().build());
  }

  /** The event as its members see it, its digest with it. */
  public JsonObject toJson() {
    return body().add("event_digest", digest()).build();
  }

  private JsonObjectBuilder body() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", "talos.a2a.group_event")
            .add("schema_version", "v2")
            .add("event_id", eventId.text())
            .add("group_id", groupId.text())
            .add("sequence", sequence)
            .add("actor_id", actorId)
            .add("event_type", said.type().wire())
            .add("ts", WireTime.format(time))
            .add("data", said.data());
    said.target().ifPresent(target -> json.add("target_id", target));
    previousDigest.ifPresent(digest -> json.add("previous_digest", digest));
    return json;
  }
}
