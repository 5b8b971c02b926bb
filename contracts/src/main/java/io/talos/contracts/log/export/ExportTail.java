package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.SignedNote;
import jakarta.json.JsonObject;

/**
 * The last line of an export: how much stands before it, signed by the log that was written then.
 *
 * @param entries how many entries
 * @param events how many of them are shown whole
 * @param lines the {@link LineChain} over all lines before
 * @param signature the note over {@link #text}
 */
public record ExportTail(long entries, long events, Bytes lines, SignedNote signature) {
  /**
   * What is signed. Its first line has spaces, which no log's name has: it can never be taken for a
   * checkpoint.
   */
  public static String text(String origin, long entries, long events, Bytes lines) {
    return "talos evidence export v1\n"
        + origin
        + "\n"
        + entries
        + " entries\n"
        + events
        + " events\n"
        + lines.hex()
        + "\n";
  }

  /** The line. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("entries", entries)
        .add("events", events)
        .add("lines", lines.hex())
        .add("signature", signature.encoded())
        .build();
  }

  /** Reads a line that its schema has accepted. */
  static ExportTail of(JsonObject line) {
    return new ExportTail(
        line.getJsonNumber("entries").longValueExact(),
        line.getJsonNumber("events").longValueExact(),
        Hex.decode(line.getString("lines")),
        SignedNote.parse(line.getString("signature")));
  }
}
