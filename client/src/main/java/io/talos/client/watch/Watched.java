package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a watch remembers of a log that it read from its first entry on.
 *
 * <p>Source: contracts/schemas/audit/log_watch.v1.
 *
 * @param log the key that the watch trusts
 * @param checkpoint the newest checkpoint that was verified; empty before the first
 * @param size how many entries were read
 * @param frontier the hashes of the tree that was computed from them
 * @param sources for each source the number that its next event must have
 * @param grownAt when the log was last seen to grow
 */
public record Watched(
    NoteKey log,
    Optional<SignedNote> checkpoint,
    long size,
    List<Bytes> frontier,
    SortedMap<String, Long> sources,
    Instant grownAt) {
  private static final String SCHEMA = "audit/log_watch.v1";
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(Limits.STATE_BYTES_MAX, 4, 2 * Limits.SOURCES_MAX + 1_000);

  /** Checks that the checkpoint is the log's and of the tree that was computed. */
  public Watched {
    Check.atMost(sources.size(), Limits.SOURCES_MAX, "the sources of a log");
    frontier = List.copyOf(frontier);
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    Bytes root = new Frontier(size, frontier).root();
    Check.that(checkpoint.isPresent() || size == 0, "what was read was signed");
    checkpoint.ifPresent(
        note ->
            Check.that(
                Checkpoint.open(note, log).equals(new Checkpoint(log.name(), size, root)),
                "what was read is what was signed"));
  }

  /** Nothing yet: the log is read from its first entry. */
  public static Watched nothing(NoteKey log, Instant now) {
    return new Watched(log, Optional.empty(), 0, List.of(), new TreeMap<>(), now);
  }

  /** The root of what was read. */
  public Bytes root() {
    return new Frontier(size, frontier).root();
  }

  /** To be kept in a file. */
  public String text() {
    JsonArrayBuilder hashes = Json.createArrayBuilder();
    frontier.forEach(hash -> hashes.add(hash.hex()));
    JsonObjectBuilder numbers = Json.createObjectBuilder();
    sources.forEach(numbers::add);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", "talos.log_watch")
            .add("schema_version", "v1")
            .add("vkey", log.vkey())
            .add("size", size)
            .add("frontier", hashes)
            .add("sources", numbers)
            .add("grown_at", WireTime.format(grownAt));
    checkpoint.ifPresent(note -> json.add("checkpoint", note.encoded()));
    return json.build() + "\n";
  }

  /**
   * Reads what was kept.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when the file is none, or holds what the
   *     log did not sign
   */
  public static Watched parse(Bytes text, SchemaLibrary schemas) {
    try {
      JsonObject json = StrictJson.parseObject(text, JSON);
      if (!schemas.violations(SCHEMA, json).isEmpty()) {
        throw new TalosException(ErrorCode.PROOF_INVALID, "not the state of a watch");
      }
      SortedMap<String, Long> sources = new TreeMap<>();
      JsonObject numbers = json.getJsonObject("sources");
      numbers.keySet().forEach(s -> sources.put(s, numbers.getJsonNumber(s).longValueExact()));
      return new Watched(
          NoteKey.parse(json.getString("vkey")),
          Optional.ofNullable(json.getString("checkpoint", null)).map(SignedNote::parse),
          json.getJsonNumber("size").longValueExact(),
          json.getJsonArray("frontier").getValuesAs(JsonString.class).stream()
              .map(hash -> Hex.decode(hash.getString()))
              .toList(),
          sources,
          WireTime.parse(json.getString("grown_at")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "not the state of a watch", e);
    }
  }
}
