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
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a watch remembers of a log that it read from its first entry on. A log that followed a
 * stopped one is begun by {@link FollowedLog}.
 *
 * <p>Source: contracts/schemas/audit/log_watch.v1.
 *
 * @param given the key that the watch was given when it began
 * @param log the key that it trusts now: the same, or one that the log named since
 * @param checkpoint the newest checkpoint that was verified; empty before the first
 * @param size how many entries were read
 * @param frontier the hashes of the tree that was computed from them
 * @param turns which number of each source comes next
 * @param began the same before the log's first entry
 * @param grownAt when the log was last seen to grow
 */
public record Watched(
    NoteKey given,
    NoteKey log,
    Optional<SignedNote> checkpoint,
    long size,
    List<Bytes> frontier,
    Turns turns,
    Turns began,
    Instant grownAt) {
  private static final String SCHEMA = "audit/log_watch.v1";
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(Limits.STATE_BYTES_MAX, 6, 4 * Limits.SOURCES_MAX + 2_000);

  /** Checks that the checkpoint is the log's and of the tree that was computed. */
  public Watched {
    Check.that(given.name().equals(log.name()), "both keys are the log's");
    frontier = List.copyOf(frontier);
    Bytes root = new Frontier(size, frontier).root();
    Check.that(checkpoint.isPresent() || size == 0, "what was read was signed");
    checkpoint.ifPresent(
        note ->
            Check.that(
                Checkpoint.open(note, log).equals(new Checkpoint(log.name(), size, root)),
                "what was read is what was signed"));
  }

  /** What is remembered of a first log. */
  public Watched(
      NoteKey given,
      NoteKey log,
      Optional<SignedNote> checkpoint,
      long size,
      List<Bytes> frontier,
      SortedMap<String, Long> sources,
      Instant grownAt) {
    this(
        given,
        log,
        checkpoint,
        size,
        frontier,
        new Turns(sources, new TreeMap<>()),
        Turns.none(),
        grownAt);
  }

  /** Nothing yet of a first log: it is read from its first entry. */
  public static Watched nothing(NoteKey log, Instant now) {
    return from(log, Turns.none(), now);
  }

  /** Nothing yet of a log in which the sources go on so. */
  static Watched from(NoteKey log, Turns began, Instant now) {
    return new Watched(log, log, Optional.empty(), 0, List.of(), began, began, now);
  }

  /** The same, under another note over the same tree, which {@code key} signed. */
  Watched under(NoteKey key, SignedNote note) {
    return new Watched(given, key, Optional.of(note), size, frontier, turns, began, grownAt);
  }

  /** For each source the number that its next event must have. */
  public SortedMap<String, Long> sources() {
    return turns.next();
  }

  /** The root of what was read. */
  public Bytes root() {
    return new Frontier(size, frontier).root();
  }

  /** To be kept in a file. */
  public String text() {
    JsonArrayBuilder hashes = Json.createArrayBuilder();
    frontier.forEach(hash -> hashes.add(hash.hex()));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", "talos.log_watch")
            .add("schema_version", "v1")
            .add("given_vkey", given.vkey())
            .add("vkey", log.vkey())
            .add("size", size)
            .add("frontier", hashes)
            .add("sources", turns.json())
            .add("grown_at", WireTime.format(grownAt));
    if (!turns.early().isEmpty()) {
      json.add("early", turns.earlyJson());
    }
    if (!began.equals(Turns.none())) {
      json.add("began", began.json()).add("began_early", began.earlyJson());
    }
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
      return new Watched(
          NoteKey.parse(json.getString("given_vkey")),
          NoteKey.parse(json.getString("vkey")),
          Optional.ofNullable(json.getString("checkpoint", null)).map(SignedNote::parse),
          json.getJsonNumber("size").longValueExact(),
          json.getJsonArray("frontier").getValuesAs(JsonString.class).stream()
              .map(hash -> Hex.decode(hash.getString()))
              .toList(),
          Turns.of(json.getJsonObject("sources"), member(json, "early")),
          Turns.of(member(json, "began"), member(json, "began_early")),
          WireTime.parse(json.getString("grown_at")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "not the state of a watch", e);
    }
  }

  private static JsonObject member(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
  }
}
