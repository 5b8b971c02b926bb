package io.talos.contracts.log.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an export is written. */
public enum ExportFormat {
  /** A line for each line: JSON Lines. */
  JSONL("application/x-ndjson"),
  /** A row for each line, with the line in its last cell: RFC 4180. */
  CSV("text/csv; charset=utf-8; header=present");

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this name. */
  public static Optional<ExportFormat> of(String wire) {
    return Arrays.stream(values()).filter(format -> format.wire().equals(wire)).findFirst();
  }
}
