package io.talos.contracts.log.export;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An export's lines as rows for spreadsheets. The last cell is the line itself and is the evidence;
 * the others repeat what it says, and a verifier makes them anew and compares.
 *
 * <p>A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
 *
 * <p>Source: RFC 4180 §2.
 */
public final class CsvText {
  private static final String END = "\r\n";
  private static final String FORMULA = "=+-@\t\r\n";

  private record Column(String name, List<String> path) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("log_seq", List.of()),
          new Column("ts", List.of("ts")),
          new Column("kind", List.of("kind")),
          new Column("phase", List.of("phase")),
          new Column("result", List.of("result")),
          new Column("code", List.of("code")),
          new Column("event_id", List.of("event_id")),
          new Column("source", List.of("source")),
          new Column("source_seq", List.of("source_seq")),
          new Column("request_id", List.of("request_id")),
          new Column("admission_id", List.of("admission_id")),
          new Column("surface_id", List.of("surface_id")),
          new Column("principal_kind", List.of("principal", "kind")),
          new Column("principal_id", List.of("principal", "id")),
          new Column("auth_mode", List.of("principal", "auth_mode")),
          new Column("http_method", List.of("http", "method")),
          new Column("http_path", List.of("http", "path")),
          new Column("http_status", List.of("http", "status")),
          new Column("resource_type", List.of("resource", "type")),
          new Column("resource_id", List.of("resource", "id")),
          new Column("event_hash", List.of("event_hash")));

  private CsvText() {}

  /** The row of names. */
  public static String header() {
    return COLUMNS.stream().map(Column::name).collect(Collectors.joining(",")) + ",evidence" + END;
  }

  /**
   * The row of a line.
   *
   * @param text the line's exact text
   */
  public static String row(JsonObject line, String text) {
    JsonObject shown =
        line.get("event") instanceof JsonObject event
            ? event
            : line.get("leaf") instanceof JsonObject leaf ? leaf : JsonValue.EMPTY_JSON_OBJECT;
    List<String> cells = new ArrayList<>();
    for (Column column : COLUMNS) {
      cells.add(
          !column.path.isEmpty()
              ? value(shown, column.path)
              : value(line.containsKey("log_seq") ? line : shown, List.of("log_seq")));
    }
    cells.add(text);
    return cells.stream().map(CsvText::cell).collect(Collectors.joining(",")) + END;
  }

  private static String value(JsonObject object, List<String> path) {
    JsonValue value = object;
    for (String member : path) {
      value = value instanceof JsonObject parent ? parent.get(member) : null;
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value instanceof JsonNumber number ? number.toString() : "";
  }

  private static String cell(String value) {
    String safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
