package io.talos.audit.recheck;

import io.talos.audit.event.MemoryEventRows;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.MemoryLogRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The rows of all logs of a database. */
public final class SeveralLogs implements RecheckRows {
  private final Map<LogName, MemoryRecheckRows> logs = new LinkedHashMap<>();

  public SeveralLogs(MemoryLogRows rows, MemoryEventRows events) {
    for (LogName log : rows.logs) {
      logs.put(log, new MemoryRecheckRows(rows, events, log));
    }
  }

  /** The rows of one of them. */
  public MemoryRecheckRows of(LogName log) {
    return Objects.requireNonNull(logs.get(log));
  }

  @Override
  public List<LogName> logs() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public OptionalLong published(LogName log) {
    return of(log).published(log);
  }

  @Override
  public void entries(LogName log, long from, long end, Consumer<StoredEntry> each) {
    of(log).entries(log, from, end, each);
  }

  @Override
  public void openings(LogName log, long from, long end, Consumer<StoredOpening> each) {
    of(log).openings(log, from, end, each);
  }

  @Override
  public void evidence(LogName log, long from, long end, Consumer<StoredEvidence> each) {
    of(log).evidence(log, from, end, each);
  }

  @Override
  public List<StoredHash> hashes(LogName log, int level, long from, long end) {
    return of(log).hashes(log, level, from, end);
  }

  @Override
  public List<StoredCheckpoint> checkpoints(LogName log, long from, int most) {
    return of(log).checkpoints(log, from, most);
  }

  @Override
  public Optional<BadRow> beyond(LogName log) {
    return of(log).beyond(log);
  }

  @Override
  public List<String> sources(String after, int most) {
    return logs.values().stream()
        .flatMap(log -> log.sources(after, most).stream())
        .distinct()
        .sorted()
        .limit(most)
        .toList();
  }

  @Override
  public Tail tail(String source, long from) {
    return logs.values().stream()
        .map(log -> log.tails.get(source))
        .filter(Objects::nonNull)
        .reduce(MemoryRecheckRows::later)
        .orElseThrow();
  }
}
