package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines out of an export's file. Of a CSV file every row must be the one that its last
 * cell gives, so that no cell can say anything else.
 */
public final class ExportReader {
  private static final io.talos.contracts.json.Limits LINE =
      new io.talos.contracts.json.Limits(Limits.LINE_BYTES_MAX, 16, 10_000);

  private ExportReader() {}

  /** The lines of a file that stands in {@code format}; the reader should be buffered. */
  public static ExportLines of(Reader file, ExportFormat format) {
    return format == ExportFormat.CSV ? csv(file) : () -> line(file);
  }

  private static Optional<String> line(Reader file) {
    StringBuilder line = new StringBuilder();
    for (int c = read(file); c != '\n'; c = read(file)) {
      if (c < 0) {
        return ended(line);
      }
      append(line, c);
    }
    return Optional.of(line.toString());
  }

  private static ExportLines csv(Reader file) {
    boolean[] begun = {false};
    return () -> {
      if (!begun[0]) {
        begun[0] = true;
        if (!record(file).map(CsvText.header()::equals).orElse(false)) {
          throw invalid("the first row does not have the names of the columns");
        }
      }
      return record(file).map(ExportReader::evidence);
    };
  }

  /** One row with its end; a line feed within quotes belongs to the row. */
  private static Optional<String> record(Reader file) {
    StringBuilder row = new StringBuilder();
    boolean quoted = false;
    int before = 0;
    for (int c = read(file); ; c = read(file)) {
      if (c < 0) {
        return ended(row);
      }
      append(row, c);
      if (c == '"') {
        quoted = !quoted;
      }
      if (c == '\n' && before == '\r' && !quoted) {
        return Optional.of(row.toString());
      }
      before = c;
    }
  }

  private static String evidence(String row) {
    List<String> cells = cells(row.substring(0, row.length() - 2));
    String text = cells.get(cells.size() - 1);
    if (!CsvText.row(StrictJson.parseObject(Bytes.utf8(text), LINE), text).equals(row)) {
      throw invalid("a row does not say what its evidence says");
    }
    return text;
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static void append(StringBuilder text, int c) {
    if (text.length() >= 2 * Limits.LINE_BYTES_MAX) {
      throw invalid("a line is too long");
    }
    text.append((char) c);
  }

  private static Optional<String> ended(StringBuilder text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    throw new TalosException(ErrorCode.EXPORT_INCOMPLETE, "the file ends within a line");
  }

  private static int read(Reader file) {
    try {
      return file.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.EXPORT_INVALID, why);
  }
}
