package io.talos.audit.recheck;

import io.talos.audit.event.MemoryEventRows;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The rows of a log as they are now, open to a test that plays somebody who owns the database. */
public final class MemoryRecheckRows implements RecheckRows {
  public final List<StoredEntry> entries = new ArrayList<>();
  public final List<StoredOpening> openings = new ArrayList<>();
  public final List<StoredEvidence> evidence = new ArrayList<>();
  public final List<StoredCheckpoint> checkpoints = new ArrayList<>();
  public final Map<Integer, List<StoredHash>> hashes = new TreeMap<>();
  public final Map<String, Tail> tails = new TreeMap<>();
  public Optional<BadRow> beyond = Optional.empty();

  private final List<LogName> logs;

  /** The rows of the log that is written. */
  public MemoryRecheckRows(MemoryLogRows rows, MemoryEventRows events) {
    this(rows, events, rows.current().orElseThrow());
  }

  /** The rows of one log. */
  public MemoryRecheckRows(MemoryLogRows rows, MemoryEventRows events, LogName log) {
    logs = List.of(log);
    for (Entry entry : rows.leaves) {
      if (entry.logId() == log.id()) {
        add(entry, events);
      }
    }
    rows.hashes.forEach(
        (place, hash) -> {
          String[] parts = place.split(":", 3); // log, level, position
          if (Long.parseLong(parts[0]) == log.id()) {
            hashes
                .computeIfAbsent(Integer.valueOf(parts[1]), level -> new ArrayList<>())
                .add(new StoredHash(Long.parseLong(parts[2]), hash));
          }
        });
    hashes
        .values()
        .forEach(level -> level.sort((a, b) -> Long.compare(a.position(), b.position())));
    for (Published one : rows.checkpoints) {
      if (one.checkpoint().origin().equals(log.origin())) {
        checkpoints.add(
            new StoredCheckpoint(
                one.checkpoint().size(), one.checkpoint().root(), one.note().encoded()));
      }
    }
  }

  private void add(Entry entry, MemoryEventRows events) {
    JsonObject json = events.find(entry.eventId()).orElseThrow();
    String id = entry.eventId().text();
    StoredEvent event = stored(json);
    entries.add(new StoredEntry(entry.logSeq(), id, entry.leaf(), event));
    events
        .openings(entry.eventId())
        .forEach(
            (name, o) ->
                openings.add(new StoredOpening(entry.logSeq(), id, name, o.value(), o.salt())));
    events
        .signatureBase(entry.eventId())
        .ifPresent(base -> evidence.add(new StoredEvidence(entry.logSeq(), base)));
    tails.merge(
        event.source(),
        new Tail(OptionalLong.of(event.sourceSeq() + 1), 0, Optional.empty()),
        MemoryRecheckRows::later);
  }

  static Tail later(Tail one, Tail other) {
    return one.nextSeq().orElseThrow() < other.nextSeq().orElseThrow() ? other : one;
  }

  /** The row of an event. */
  public static StoredEvent stored(JsonObject json) {
    return new StoredEvent(
        CanonicalJson.encode(json),
        Hex.decode(json.getString(AuditEvent.EVENT_HASH)),
        json.getString("source"),
        json.getJsonNumber("source_seq").longValueExact(),
        json.getString("kind"),
        json.getString("phase"),
        json.getString("result"),
        WireTime.parse(json.getString("ts")).toEpochMilli());
  }

  /** The event of an entry. */
  public StoredEvent event(int logSeq) {
    return Objects.requireNonNull(entries.get(logSeq).event());
  }

  /** The hashes of a level. */
  public List<StoredHash> level(int level) {
    return Objects.requireNonNull(hashes.get(level));
  }

  /** Puts another text into the event of an entry; its columns stay. */
  public void rewrite(int logSeq, Bytes text) {
    StoredEvent is = event(logSeq);
    replace(
        logSeq,
        new StoredEvent(
            text,
            is.hash(),
            is.source(),
            is.sourceSeq(),
            is.kind(),
            is.phase(),
            is.result(),
            is.epochMillis()));
  }

  /** Puts another event under an entry. */
  public void replace(int logSeq, StoredEvent event) {
    StoredEntry entry = entries.get(logSeq);
    entries.set(logSeq, new StoredEntry(entry.logSeq(), entry.eventId(), entry.leaf(), event));
  }

  @Override
  public List<LogName> logs() {
    return logs;
  }

  @Override
  public OptionalLong published(LogName log) {
    return checkpoints.stream().mapToLong(StoredCheckpoint::size).max();
  }

  @Override
  public void entries(LogName log, long from, long end, Consumer<StoredEntry> each) {
    entries.stream().filter(e -> from <= e.logSeq() && e.logSeq() < end).forEach(each);
  }

  @Override
  public void openings(LogName log, long from, long end, Consumer<StoredOpening> each) {
    openings.stream().filter(o -> from <= o.logSeq() && o.logSeq() < end).forEach(each);
  }

  @Override
  public void evidence(LogName log, long from, long end, Consumer<StoredEvidence> each) {
    evidence.stream().filter(e -> from <= e.logSeq() && e.logSeq() < end).forEach(each);
  }

  @Override
  public List<StoredHash> hashes(LogName log, int level, long from, long end) {
    return hashes.getOrDefault(level, List.of()).stream()
        .filter(h -> from <= h.position() && h.position() < end)
        .toList();
  }

  @Override
  public List<StoredCheckpoint> checkpoints(LogName log, long from, int most) {
    return checkpoints.stream().filter(c -> c.size() >= from).limit(most).toList();
  }

  @Override
  public Optional<BadRow> beyond(LogName log) {
    return beyond;
  }

  @Override
  public List<String> sources(String after, int most) {
    return tails.keySet().stream().filter(s -> s.compareTo(after) > 0).limit(most).toList();
  }

  @Override
  public Tail tail(String source, long from) {
    return Objects.requireNonNull(tails.get(source));
  }
}
