package io.talos.audit;

import io.talos.audit.event.EventSearch;
import io.talos.audit.event.Exported;
import io.talos.audit.event.Stretch;
import io.talos.audit.export.ExportKey;
import io.talos.audit.export.ExportProgress;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogKey;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.MerkleRange;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.export.CsvText;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.ExportHead;
import io.talos.contracts.log.export.ExportLine;
import io.talos.contracts.log.export.ExportTail;
import io.talos.contracts.log.export.LineChain;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives out evidence: neighbouring entries of the log with their events, part by part, and at the
 * end the log's signature over all of it. Of an event that the reader did not ask for, or may not
 * see, the public entry is shown, so that everybody can prove that nothing in between is missing.
 *
 * <p>Nothing of an export is kept here: a part's cursor says how far it has come. The same cursor
 * gives the same part, so whoever loses one asks again.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} when neither a window nor a request or
 * resource was named, {@link ErrorCode#AUDIT_EVENT_NOT_FOUND} when no such event is in the log,
 * {@link ErrorCode#AUDIT_EXPORT_TOO_LARGE}, {@link ErrorCode#TALOS_INVALID_CURSOR}, {@link
 * ErrorCode#AUDIT_LOG_HALTED}.
 */
@Dependent
public class ExportEvents {
  private final EventSearch search;
  private final LogRows rows;
  private final LogGuard guard;
  private final LogKey logKey;
  private final TileMemory tiles;
  private final ExportKey key;

  @Inject
  ExportEvents(
      EventSearch search,
      LogRows rows,
      LogGuard guard,
      LogKey logKey,
      TileMemory tiles,
      ExportKey key) {
    this.search = search;
    this.rows = rows;
    this.guard = guard;
    this.logKey = logKey;
    this.tiles = tiles;
    this.key = key;
  }

  /**
   * Some of an export's text.
   *
   * @param next the cursor of the next part; empty after the last
   */
  public record Part(ExportFormat format, String text, Optional<String> next) {}

  /** Begins an export of what {@code filter} accepts, under the newest checkpoint. */
  @Transactional
  public Reading<Part> begin(
      EventFilter filter, ExportFormat format, Principal reader, Instant now) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    boolean window = filter.from().isPresent() || filter.to().isPresent();
    if (!window && filter.request().isEmpty() && filter.resource().isEmpty()) {
      return new Reading.Refused<>(ErrorCode.TALOS_INVALID_INPUT);
    }
    LogName log = rows.current().orElseThrow();
    Published under = rows.published(log).orElseThrow();
    Stretch whole = new Stretch(log, 0, under.checkpoint().size());
    Optional<EventFilter> own = ReadEvents.readable(filter, reader);
    Optional<Stretch> stretch =
        own.flatMap(f -> window ? around(whole, f) : search.reach(whole, f));
    if (stretch.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    if (stretch.get().size() > io.talos.contracts.log.export.Limits.ENTRIES_MAX) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EXPORT_TOO_LARGE);
    }
    return begun(own.orElseThrow(), format, reader, now, stretch.get(), under);
  }

  /** The entries of a window, with one on either side that lies outside of it. */
  private Optional<Stretch> around(Stretch whole, EventFilter filter) {
    EventFilter window =
        new EventFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            filter.from(),
            filter.to());
    return search.reach(whole, window).map(inner -> widened(whole, inner, filter));
  }

  private Stretch widened(Stretch whole, Stretch inner, EventFilter filter) {
    Stretch before = new Stretch(whole.log(), 0, inner.begin());
    Stretch after = new Stretch(whole.log(), inner.end(), whole.end());
    long begin = filter.from().flatMap(from -> search.lastBefore(before, from)).orElse(0L);
    long end =
        filter
            .to()
            .flatMap(to -> search.firstFrom(after, to))
            .map(at -> at + 1)
            .orElse(whole.end());
    return new Stretch(whole.log(), begin, end);
  }

  private Reading<Part> begun(
      EventFilter filter,
      ExportFormat format,
      Principal reader,
      Instant now,
      Stretch stretch,
      Published under) {
    TileHashes hashes = TileHashes.of(tiles.before(stretch.log(), rows.tiles(stretch.log())));
    long size = under.checkpoint().size();
    JsonObject head =
        new ExportHead(
                now,
                filter,
                stretch.begin(),
                stretch.end(),
                under.note(),
                MerkleRange.path(stretch.begin(), stretch.end(), size, hashes))
            .json();
    ExportProgress progress =
        new ExportProgress(
            reader.id(),
            format,
            filter,
            stretch.log().id(),
            stretch.begin(),
            stretch.begin(),
            stretch.end(),
            0,
            LineChain.empty().with(head.toString()));
    StringBuilder text = new StringBuilder(format == ExportFormat.CSV ? CsvText.header() : "");
    append(text, format, head);
    return part(text, progress);
  }

  /** Goes on behind a part. */
  @Transactional
  public Reading<Part> resume(String cursor, Principal reader) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    ExportProgress progress = key.read(cursor);
    return progress.reader().equals(reader.id())
        ? part(new StringBuilder(), progress)
        : new Reading.Refused<>(ErrorCode.TALOS_INVALID_CURSOR);
  }

  private Reading<Part> part(StringBuilder text, ExportProgress from) {
    LogName log = rows.byId(from.logId()).orElseThrow();
    Stretch near = new Stretch(log, from.next(), from.end()).first(Limits.EXPORTED_MAX);
    ExportProgress progress = from;
    for (Exported entry : search.exported(near, from.filter())) {
      if (text.length() > Limits.PART_CHARACTERS_MAX) {
        break;
      }
      JsonObject line = line(entry);
      append(text, from.format(), line);
      progress = progress.with(line.toString(), entry.event().isPresent());
    }
    if (progress.next() < progress.end()) {
      return new Reading.Found<>(
          new Part(from.format(), text.toString(), Optional.of(key.cursor(progress))));
    }
    return ended(text, progress, log);
  }

  private Reading<Part> ended(StringBuilder text, ExportProgress progress, LogName log) {
    long entries = progress.end() - progress.begin();
    SignedNote signature =
        logKey
            .signer(log.origin())
            .sign(
                ExportTail.text(log.origin(), entries, progress.events(), progress.lines().hash()));
    if (!signature.isSignedBy(log.key())) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    append(
        text,
        progress.format(),
        new ExportTail(entries, progress.events(), progress.lines().hash(), signature).json());
    return new Reading.Found<>(new Part(progress.format(), text.toString(), Optional.empty()));
  }

  private static JsonObject line(Exported entry) {
    return entry
        .event()
        .map(event -> ExportLine.event(entry.logSeq(), event, entry.signatureBase()))
        .orElseGet(
            () ->
                ExportLine.envelope(
                    StrictJson.parseObject(entry.leaf(), io.talos.contracts.json.Limits.REQUEST)));
  }

  private static void append(StringBuilder text, ExportFormat format, JsonObject line) {
    String written = line.toString();
    text.append(format == ExportFormat.CSV ? CsvText.row(line, written) : written + "\n");
  }
}
