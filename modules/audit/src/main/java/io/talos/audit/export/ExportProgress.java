package io.talos.audit.export;

import io.talos.contracts.Check;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.LineChain;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far an export has come.
 *
 * @param terms what was asked for
 * @param logId the number of the log that is written now; 0 before the first
 * @param next the entry of it that comes next
 * @param end behind its last entry
 * @param entries how many entries of all logs were written
 * @param events how many events were shown whole
 * @param lines over all lines so far
 */
public record ExportProgress(
    Terms terms, long logId, long next, long end, long entries, long events, LineChain lines) {
  /**
   * What holds for all of an export.
   *
   * @param reader whose it is
   * @param format how it is written
   * @param filter which events are shown whole
   * @param begunAt when it was begun
   * @param lastLogId the number of the log that was written then
   * @param under the newest checkpoint of that log then
   */
  public record Terms(
      String reader,
      ExportFormat format,
      EventFilter filter,
      Instant begunAt,
      long lastLogId,
      SignedNote under) {}

  /** Checks the order. */
  public ExportProgress {
    Check.that(0 <= next && next <= end, "an export goes from its begin to its end");
    Check.that(0 <= logId && logId <= terms.lastLogId, "an export ends with its last log");
  }

  /** Before the first line. */
  public static ExportProgress begun(Terms terms) {
    return new ExportProgress(terms, 0, 0, 0, 0, 0, LineChain.empty());
  }

  /** With the first line of the next log. */
  public ExportProgress into(long log, long begin, long behind, String head) {
    return new ExportProgress(terms, log, begin, behind, entries, events, lines.with(head));
  }

  /** One entry further. */
  public ExportProgress with(String line, boolean shown) {
    return new ExportProgress(
        terms, logId, next + 1, end, entries + 1, shown ? events + 1 : events, lines.with(line));
  }

  /** Its JSON form. */
  JsonObject json() {
    JsonObjectBuilder parts = Json.createObjectBuilder();
    terms.filter.parts().forEach(parts::add);
    return Json.createObjectBuilder()
        .add("reader", terms.reader)
        .add("format", terms.format.wire())
        .add("filter", parts)
        .add("begun_at", WireTime.format(terms.begunAt))
        .add("last_log", terms.lastLogId)
        .add("under", terms.under.encoded())
        .add("log", logId)
        .add("next", next)
        .add("end", end)
        .add("entries", entries)
        .add("events", events)
        .add("lines", lines.hash().hex())
        .build();
  }

  /** Reads what {@link #json} wrote. */
  static ExportProgress of(JsonObject json) {
    Map<String, String> parts = new HashMap<>();
    json.getJsonObject("filter")
        .forEach((name, value) -> parts.put(name, ((JsonString) value).getString()));
    return new ExportProgress(
        new Terms(
            json.getString("reader"),
            ExportFormat.of(json.getString("format")).orElseThrow(),
            EventFilter.of(parts),
            WireTime.parse(json.getString("begun_at")),
            json.getJsonNumber("last_log").longValueExact(),
            SignedNote.parse(json.getString("under"))),
        json.getJsonNumber("log").longValueExact(),
        json.getJsonNumber("next").longValueExact(),
        json.getJsonNumber("end").longValueExact(),
        json.getJsonNumber("entries").longValueExact(),
        json.getJsonNumber("events").longValueExact(),
        new LineChain(Hex.decode(json.getString("lines"))));
  }
}
