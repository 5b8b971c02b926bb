package io.talos.contracts.log.export;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Optional;

/** The lines of an export, one after another. */
@FunctionalInterface
public interface ExportLines {
  /**
   * The next line without its end; empty after the last.
   *
   * @throws TalosException {@link ErrorCode#EXPORT_INCOMPLETE} when the file ends within a line,
   *     {@link ErrorCode#EXPORT_INVALID} when this is no line, or a too long one
   */
  Optional<String> next();
}
