package io.talos.audit;

import io.talos.audit.event.EventRows;
import io.talos.audit.event.EventSearch;
import io.talos.audit.event.Exported;
import io.talos.audit.event.Stretch;
import io.talos.audit.export.ExportKey;
import io.talos.audit.export.ExportProgress;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.SigningKeys;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.Bytes;
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
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives out evidence: of each log of the server neighbouring entries with their events, part by
 * part, and at the end the signature of the log that is written over all of it. Of an event that
 * the reader did not ask for, or may not see, the public entry is shown, so that everybody can
 * prove that nothing in between is missing. When nothing was found, that is what the export shows.
 *
 * <p>Nothing of an export is kept here: a part's cursor says how far it has come. The same cursor
 * gives the same part, so whoever loses one asks again.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} when neither a window nor a request or
 * resource was named, {@link ErrorCode#AUDIT_EVENT_NOT_FOUND} when another's events were asked for,
 * {@link ErrorCode#AUDIT_EXPORT_TOO_LARGE}, {@link ErrorCode#TALOS_INVALID_CURSOR}, {@link
 * ErrorCode#AUDIT_LOG_HALTED}.
 */
@Dependent
public class ExportEvents {
  private final EventSearch search;
  private final ExportedStretch stretches;
  private final EventRows events;
  private final LogRows rows;
  private final LogGuard guard;
  private final SigningKeys logKeys;
  private final TileMemory tiles;
  private final ExportKey key;

  @Inject
  ExportEvents(
      EventSearch search,
      ExportedStretch stretches,
      EventRows events,
      LogRows rows,
      LogGuard guard,
      SigningKeys logKeys,
      TileMemory tiles,
      ExportKey key) {
    this.search = search;
    this.stretches = stretches;
    this.events = events;
    this.rows = rows;
    this.guard = guard;
    this.logKeys = logKeys;
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
    Optional<EventFilter> own = ReadEvents.readable(filter, reader);
    if (own.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    LogName written = rows.current().orElseThrow();
    Published under = rows.published(written).orElseThrow();
    ExportProgress.Terms terms =
        new ExportProgress.Terms(reader.id(), format, own.get(), now, written.id(), under.note());
    List<LogName> logs = logs(terms);
    long entries = logs.stream().mapToLong(log -> stretch(terms, log).size()).sum();
    if (entries > io.talos.contracts.log.export.Limits.ENTRIES_MAX
        || !logs.get(0).equals(first())) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EXPORT_TOO_LARGE);
    }
    String header = format == ExportFormat.CSV ? CsvText.header() : "";
    return new Reading.Found<>(part(new StringBuilder(header), ExportProgress.begun(terms)));
  }

  /** Goes on behind a part. */
  @Transactional
  public Reading<Part> resume(String cursor, Principal reader) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    ExportProgress progress = key.read(cursor);
    return progress.terms().reader().equals(reader.id())
        ? new Reading.Found<>(part(new StringBuilder(), progress))
        : new Reading.Refused<>(ErrorCode.TALOS_INVALID_CURSOR);
  }

  /** The logs that were there when the export began, the oldest first. */
  private List<LogName> logs(ExportProgress.Terms terms) {
    return rows.newest(Limits.LOGS_LISTED).stream()
        .filter(log -> log.id() <= terms.lastLogId())
        .sorted(Comparator.comparingLong(LogName::id))
        .toList();
  }

  private LogName first() {
    return rows.first().orElseThrow();
  }

  /** What was the newest checkpoint of a log when the export began; older logs do not grow. */
  private Published under(ExportProgress.Terms terms, LogName log) {
    return log.id() == terms.lastLogId()
        ? Published.of(terms.under())
        : rows.published(log).orElseThrow();
  }

  private Stretch stretch(ExportProgress.Terms terms, LogName log) {
    return stretches.of(log, under(terms, log).checkpoint().size(), terms.filter());
  }

  private Part part(StringBuilder text, ExportProgress from) {
    ExportFormat format = from.terms().format();
    ExportProgress progress = from;
    while (progress.next() < progress.end() || progress.logId() < from.terms().lastLogId()) {
      if (text.length() > Limits.PART_CHARACTERS_MAX
          || progress.entries() - from.entries() >= Limits.EXPORTED_MAX) {
        return new Part(format, text.toString(), Optional.of(key.cursor(progress)));
      }
      progress =
          progress.next() < progress.end()
              ? entries(text, progress, Limits.EXPORTED_MAX - (progress.entries() - from.entries()))
              : head(text, progress);
    }
    append(text, format, tail(progress).json());
    return new Part(format, text.toString(), Optional.empty());
  }

  /** The first line of the next log. */
  private ExportProgress head(StringBuilder text, ExportProgress progress) {
    ExportProgress.Terms terms = progress.terms();
    LogName log =
        logs(terms).stream().filter(l -> l.id() > progress.logId()).findFirst().orElseThrow();
    Published under = under(terms, log);
    Stretch stretch = stretch(terms, log);
    TileHashes hashes = TileHashes.of(tiles.before(log, rows.tiles(log)));
    List<Bytes> path =
        stretch.size() == 0
            ? List.of()
            : MerkleRange.path(stretch.begin(), stretch.end(), under.checkpoint().size(), hashes);
    List<JsonObject> losses =
        rows.lossesNotedIn(log).stream()
            .map(loss -> events.find(loss.eventId()).orElseThrow())
            .toList();
    JsonObject head =
        new ExportHead(
                terms.begunAt(),
                terms.filter(),
                stretch.begin(),
                stretch.end(),
                under.note(),
                path,
                losses)
            .json();
    append(text, terms.format(), head);
    return progress.into(log.id(), stretch.begin(), stretch.end(), head.toString());
  }

  /** Some entries of the log, at most so many. */
  private ExportProgress entries(StringBuilder text, ExportProgress from, long most) {
    LogName log = rows.byId(from.logId()).orElseThrow();
    Stretch near = new Stretch(log, from.next(), from.end()).first(most);
    ExportProgress progress = from;
    for (Exported entry : search.exported(near, from.terms().filter())) {
      if (text.length() > Limits.PART_CHARACTERS_MAX) {
        break;
      }
      JsonObject line = line(entry);
      append(text, from.terms().format(), line);
      progress = progress.with(line.toString(), entry.event().isPresent());
    }
    return progress;
  }

  private ExportTail tail(ExportProgress progress) {
    LogName log = rows.byId(progress.terms().lastLogId()).orElseThrow();
    SignedNote signature =
        logKeys.sign(
            log,
            ExportTail.text(
                log.origin(), progress.entries(), progress.events(), progress.lines().hash()));
    return new ExportTail(
        progress.entries(), progress.events(), progress.lines().hash(), signature);
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
