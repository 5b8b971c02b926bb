package io.talos.audit.export;

import io.talos.contracts.Check;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.LineChain;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.Map;

/**
 * How far an export has come.
 *
 * @param reader whose it is
 * @param format how it is written
 * @param filter which events are shown whole
 * @param logId the log's number
 * @param begin its first entry
 * @param next the entry that comes next
 * @param end behind its last entry
 * @param events how many events were shown whole
 * @param lines over all lines so far
 */
public record ExportProgress(
    String reader,
    ExportFormat format,
    EventFilter filter,
    long logId,
    long begin,
    long next,
    long end,
    long events,
    LineChain lines) {
  /** Checks the order. */
  public ExportProgress {
    Check.that(begin <= next && next <= end, "an export goes from its begin to its end");
  }

  /** One entry further. */
  public ExportProgress with(String line, boolean shown) {
    return new ExportProgress(
        reader,
        format,
        filter,
        logId,
        begin,
        next + 1,
        end,
        shown ? events + 1 : events,
        lines.with(line));
  }

  /** Its JSON form. */
  JsonObject json() {
    JsonObjectBuilder parts = Json.createObjectBuilder();
    filter.parts().forEach(parts::add);
    return Json.createObjectBuilder()
        .add("reader", reader)
        .add("format", format.wire())
        .add("filter", parts)
        .add("log", logId)
        .add("begin", begin)
        .add("next", next)
        .add("end", end)
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
        json.getString("reader"),
        ExportFormat.of(json.getString("format")).orElseThrow(),
        EventFilter.of(parts),
        json.getJsonNumber("log").longValueExact(),
        json.getJsonNumber("begin").longValueExact(),
        json.getJsonNumber("next").longValueExact(),
        json.getJsonNumber("end").longValueExact(),
        json.getJsonNumber("events").longValueExact(),
        new LineChain(Hex.decode(json.getString("lines"))));
  }
}
