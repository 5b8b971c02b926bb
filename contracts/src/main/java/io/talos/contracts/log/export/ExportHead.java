package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first line of a log in an export: what was asked for, and under which checkpoint it is
 * proved. An export has one for each log of the server, the oldest first.
 *
 * @param createdAt when the export was begun
 * @param filter which events are shown whole
 * @param begin the first entry
 * @param end behind the last entry
 * @param checkpoint the note that all of it is proved under
 * @param path proves the entries to be those of the log, {@link io.talos.contracts.log.MerkleRange}
 * @param losses the events in which the log says what is lost of those before it
 */
public record ExportHead(
    Instant createdAt,
    EventFilter filter,
    long begin,
    long end,
    SignedNote checkpoint,
    List<Bytes> path,
    List<JsonObject> losses) {
  /** The form's name. */
  public static final String SCHEMA_ID = "talos.evidence_export";

  private static final String SCHEMA_VERSION = "v1";

  /** Checks the bounds. */
  public ExportHead {
    Check.that(0 <= begin && begin <= end, "an export does not end before it begins");
    Check.that(end - begin <= Limits.ENTRIES_MAX, "an export has a bound");
    path = List.copyOf(path);
    losses = List.copyOf(losses);
  }

  /** The line. */
  public JsonObject json() {
    JsonObjectBuilder parts = Json.createObjectBuilder();
    filter.parts().forEach(parts::add);
    JsonArrayBuilder hashes = Json.createArrayBuilder();
    path.stream().map(Bytes::hex).forEach(hashes::add);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", SCHEMA_ID)
            .add("schema_version", SCHEMA_VERSION)
            .add("created_at", WireTime.format(createdAt))
            .add("filter", parts)
            .add("begin", begin)
            .add("end", end)
            .add("checkpoint", checkpoint.encoded())
            .add("path", hashes);
    if (!losses.isEmpty()) {
      JsonArrayBuilder events = Json.createArrayBuilder();
      losses.forEach(events::add);
      json.add("losses", events);
    }
    return json.build();
  }

  /** Whether it holds no entry at all: the log says that none fits. */
  public boolean isEmpty() {
    return begin == end;
  }

  /** Reads a line that its schema has accepted. */
  static ExportHead of(JsonObject line) {
    Map<String, String> parts = new HashMap<>();
    line.getJsonObject("filter")
        .forEach((name, value) -> parts.put(name, ((JsonString) value).getString()));
    return new ExportHead(
        WireTime.parse(line.getString("created_at")),
        EventFilter.of(parts),
        line.getJsonNumber("begin").longValueExact(),
        line.getJsonNumber("end").longValueExact(),
        SignedNote.parse(line.getString("checkpoint")),
        line.getJsonArray("path").getValuesAs(JsonString.class).stream()
            .map(hash -> Hex.decode(hash.getString()))
            .toList(),
        line.containsKey("losses")
            ? line.getJsonArray("losses").getValuesAs(JsonObject.class)
            : List.of());
  }
}
