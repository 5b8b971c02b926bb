package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleRange;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;

/**
 * Verifies an export as a whole, with the log's key and nothing else: nobody is asked. Every entry
 * is the log's, at its place, under a checkpoint that the log signed; every event is as it was when
 * it was hashed and is one that was asked for; and the log signed that this is all of it. The
 * export need not fit into memory. Never throws on a wrong one.
 *
 * <p>Refuses with: {@link ErrorCode#EXPORT_INCOMPLETE} when it ends too early, {@link
 * ErrorCode#EXPORT_INVALID} for everything else.
 */
public final class ExportVerifier {
  private static final String HEAD = "audit/export_head.v1";
  private static final String TAIL = "audit/export_tail.v1";
  private static final io.talos.contracts.json.Limits LINE =
      new io.talos.contracts.json.Limits(Limits.LINE_BYTES_MAX, 16, 10_000);

  private final NoteKey log;
  private final SchemaLibrary schemas = new SchemaLibrary();

  /** A verifier that believes {@code log} and nobody else. */
  public ExportVerifier(NoteKey log) {
    this.log = log;
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
    String first = next(lines);
    ExportHead head = ExportHead.of(parse(first, HEAD));
    Checkpoint checkpoint = Checkpoint.open(head.checkpoint(), log);
    require(head.end() <= checkpoint.size(), "more entries than the checkpoint covers");
    ExportEntries entries =
        new ExportEntries(head, schemas, () -> next(lines), LineChain.empty().with(first));
    Bytes root =
        MerkleRange.root(
            head.begin(), head.end(), checkpoint.size(), entries::nextLeafHash, head.path());
    require(root.equals(checkpoint.root()), "these are not the log's entries");
    requireEdges(head, checkpoint, entries);
    ExportTail tail = ExportTail.of(parse(next(lines), TAIL));
    String said =
        ExportTail.text(
            checkpoint.origin(),
            head.end() - head.begin(),
            entries.events(),
            entries.chain().hash());
    require(
        tail.signature().text().equals(said)
            && tail.json()
                .equals(
                    new ExportTail(
                            head.end() - head.begin(),
                            entries.events(),
                            entries.chain().hash(),
                            tail.signature())
                        .json()),
        "the end says something else than the lines before it");
    require(tail.signature().isSignedBy(log), "the log's key did not sign the end");
    require(lines.next().isEmpty(), "something follows the end");
    return new ExportVerification.Verified(
        head,
        checkpoint,
        entries.events(),
        entries.callers(),
        entries.judgesAll(),
        head.filter().request().isEmpty() && head.end() == checkpoint.size());
  }

  /** A window's entries reach beyond it on both sides, or to where the log begins and ends. */
  private static void requireEdges(ExportHead head, Checkpoint checkpoint, ExportEntries entries) {
    EventFilter filter = head.filter();
    if (filter.from().isEmpty() && filter.to().isEmpty()) {
      return;
    }
    boolean left =
        head.begin() == 0 || filter.from().map(entries.firstTime()::isBefore).orElse(false);
    boolean right =
        head.end() == checkpoint.size()
            || filter.to().map(to -> !entries.lastTime().isBefore(to)).orElse(false);
    require(left && right, "the entries do not reach beyond the window");
  }

  private JsonObject parse(String line, String schema) {
    JsonObject json = StrictJson.parseObject(Bytes.utf8(line), LINE);
    require(schemas.violations(schema, json).isEmpty(), "a line has another form");
    return json;
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
