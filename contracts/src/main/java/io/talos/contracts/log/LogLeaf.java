package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * One entry of the public log: an envelope that tells a stranger that something happened and when,
 * and commits to the event without saying who did what.
 *
 * <p>Its bytes are the canonical JSON of {@code v, log_seq, source, source_seq, kind, ts,
 * event_hash}.
 *
 * <p>Source: RFC 8785 for the canonical form; RFC 6962 §2.1 for the leaf's hash.
 *
 * @param logSeq the entry's index in the log, from 0
 * @param source who counted the event
 * @param sourceSeq the event's number within its source
 * @param kind what happened
 * @param ts when
 * @param eventHash SHA-256 of the event
 */
public record LogLeaf(
    long logSeq, String source, long sourceSeq, String kind, Instant ts, Bytes eventHash) {
  private static final int VERSION = 1;
  private static final String SCHEMA = "audit/log_leaf.v1";
  private static final Limits JSON =
      new Limits(io.talos.contracts.log.Limits.ENTRY_BYTES_MAX, 2, 16);

  /** Checks the bounds. */
  public LogLeaf {
    Check.that(0 <= logSeq && logSeq <= MerkleTree.SIZE_MAX, "an index is not negative");
    Check.that(eventHash.size() == Sha256.SIZE, "an event's hash has 32 bytes");
  }

  /** The entry of {@code event} at index {@code logSeq}. */
  public static LogLeaf of(JsonObject event, long logSeq) {
    return new LogLeaf(
        logSeq,
        event.getString("source"),
        event.getJsonNumber("source_seq").longValueExact(),
        event.getString("kind"),
        WireTime.parse(event.getString("ts")),
        Hex.decode(event.getString("event_hash")));
  }

  /**
   * Reads an entry; another text of the same entry is none.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when these are not an entry's bytes
   */
  public static LogLeaf parse(Bytes entry, SchemaLibrary schemas) {
    try {
      JsonObject json = StrictJson.parseObject(entry, JSON);
      if (schemas.violations(SCHEMA, json).isEmpty()) {
        LogLeaf leaf = of(json, json.getJsonNumber("log_seq").longValueExact());
        if (leaf.bytes().equals(entry)) {
          return leaf;
        }
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "not an entry", e);
    }
    throw new TalosException(ErrorCode.PROOF_INVALID, "not the one text of an entry");
  }

  /** The entry as JSON. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("v", VERSION)
        .add("log_seq", logSeq)
        .add("source", source)
        .add("source_seq", sourceSeq)
        .add("kind", kind)
        .add("ts", WireTime.format(ts))
        .add("event_hash", eventHash.hex())
        .build();
  }

  /** The exact bytes of the entry. */
  public Bytes bytes() {
    return CanonicalJson.encode(json());
  }

  /** The leaf's hash in the tree. */
  public Bytes hash() {
    return MerkleTree.leafHash(bytes());
  }
}
