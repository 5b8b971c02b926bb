package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Verifies an export as a whole, with the logs' keys and nothing else: nobody is asked. Every entry
 * is its log's, at its place, under a checkpoint that the log signed; every event is as it was when
 * it was hashed and is one that was asked for; each log but the first says what is lost of the one
 * before it; and the log that was written then signed that this is all of it. The export need not
 * fit into memory. Never throws on a wrong one.
 *
 * <p>Refuses with: {@link ErrorCode#EXPORT_INCOMPLETE} when it ends too early, {@link
 * ErrorCode#EXPORT_INVALID} for everything else.
 */
public final class ExportVerifier {
  private static final String TAIL = "audit/export_tail.v1";
  private static final io.talos.contracts.json.Limits LINE =
      new io.talos.contracts.json.Limits(Limits.LINE_BYTES_MAX, 16, 10_000);

  private final List<LogKeys> logs;
  private final SchemaLibrary schemas = new SchemaLibrary();

  /** A verifier that believes {@code logs}, the keys of each log, and nobody else. */
  public ExportVerifier(List<LogKeys> logs) {
    this.logs = List.copyOf(logs);
  }

  /** Verifies all lines. */
  public ExportVerification verify(ExportLines lines) {
    try {
      return verified(lines);
    } catch (TalosException e) {
      ErrorCode code =
          e.code() == ErrorCode.EXPORT_INCOMPLETE
              ? ErrorCode.EXPORT_INCOMPLETE
              : ErrorCode.EXPORT_INVALID;
      return new ExportVerification.Refused(code, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | ClassCastException e) {
      return new ExportVerification.Refused(ErrorCode.EXPORT_INVALID, "a line cannot be read");
    }
  }

  private ExportVerification verified(ExportLines lines) {
    ExportedLogs exported = new ExportedLogs(logs, schemas, () -> next(lines));
    String line = next(lines);
    do {
      exported.read(line);
      line = next(lines);
    } while (ExportedLogs.isHead(parse(line)) && exported.size() < Limits.LOGS_MAX);
    JsonObject json = parse(line);
    require(schemas.violations(TAIL, json).isEmpty(), "a line has another form");
    ExportTail tail = ExportTail.of(json);
    ExportVerification.Verified verified = exported.verified();
    Checkpoint last = verified.last().checkpoint();
    String said =
        ExportTail.text(last.origin(), verified.entries(), verified.events(), exported.chain());
    require(
        tail.signature().text().equals(said)
            && tail.json()
                .equals(
                    new ExportTail(
                            verified.entries(),
                            verified.events(),
                            exported.chain(),
                            tail.signature())
                        .json()),
        "the end says something else than the lines before it");
    require(
        exported.keys(last.origin()).signerOf(tail.signature()).isPresent(),
        "the log's key did not sign the end");
    require(lines.next().isEmpty(), "something follows the end");
    return verified;
  }

  static JsonObject parse(String line) {
    return StrictJson.parseObject(Bytes.utf8(line), LINE);
  }

  private static String next(ExportLines lines) {
    return lines
        .next()
        .orElseThrow(
            () -> new TalosException(ErrorCode.EXPORT_INCOMPLETE, "the export ends too early"));
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new TalosException(ErrorCode.EXPORT_INVALID, otherwise);
    }
  }
}
