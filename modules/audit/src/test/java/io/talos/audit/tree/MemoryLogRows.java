package io.talos.audit.tree;

import io.talos.audit.event.MemoryEventRows;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.Tile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Logs in memory, open to a test that plays an operator who tampers with the rows. */
public final class MemoryLogRows implements LogRows {
  public final Map<String, Bytes> hashes = new HashMap<>();
  public final List<Entry> leaves = new ArrayList<>();
  public final List<Published> checkpoints = new ArrayList<>();
  public final Set<String> given = new HashSet<>();
  public boolean lockedByAnotherNode;
  public int tilesRead;

  /** So many leaves a synchronous standby has. */
  public int onStandby;

  public final List<LogName> logs = new ArrayList<>();
  public final List<Loss> losses = new ArrayList<>();
  private final MemoryEventRows events;

  public MemoryLogRows(MemoryEventRows events) {
    this.events = events;
  }

  public static String place(int level, long position) {
    return place(1, level, position);
  }

  private static String place(long log, int level, long position) {
    return log + ":" + level + ":" + position;
  }

  @Override
  public boolean tryLock() {
    return !lockedByAnotherNode;
  }

  @Override
  public void lock() {}

  @Override
  public Optional<LogName> current() {
    return logs.isEmpty() ? Optional.empty() : Optional.of(logs.get(logs.size() - 1));
  }

  @Override
  public Optional<LogName> first() {
    return logs.stream().findFirst();
  }

  @Override
  public Optional<LogName> byOrigin(String origin) {
    return logs.stream().filter(log -> log.origin().equals(origin)).findFirst();
  }

  @Override
  public Optional<LogName> byId(long id) {
    return logs.stream().filter(log -> log.id() == id).findFirst();
  }

  @Override
  public List<LogName> newest(int most) {
    return logs.stream()
        .sorted(Comparator.comparingLong(LogName::id).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Pending> pending(UuidV7 eventId) {
    return events.outbox.stream().filter(e -> e.eventId().equals(eventId)).findFirst();
  }

  @Override
  public void lose(Loss loss, Instant now) {
    losses.add(loss);
  }

  @Override
  public List<Loss> losses(String origin) {
    return losses.stream()
        .filter(l -> l.lost().checkpoint().origin().equals(origin))
        .sorted(Comparator.comparingLong((Loss l) -> l.lost().checkpoint().size()).reversed())
        .toList();
  }

  @Override
  public List<Loss> lossesNotedIn(LogName log) {
    return losses.stream().filter(l -> l.logId() == log.id()).toList();
  }

  @Override
  public LogName open(NoteKey key, Instant now) {
    LogName log = new LogName(logs.size() + 1L, List.of(KeyPeriod.first(key)));
    logs.add(log);
    return log;
  }

  @Override
  public void addKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now) {
    List<KeyPeriod> keys = new ArrayList<>(byId(log.id()).orElseThrow().keys());
    keys.add(new KeyPeriod(key, size, OptionalLong.empty(), Optional.of(event)));
    replace(log, keys);
  }

  @Override
  public void retireKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now) {
    replace(
        log,
        byId(log.id()).orElseThrow().keys().stream()
            .map(
                old ->
                    old.key().equals(key)
                        ? new KeyPeriod(key, old.begin(), OptionalLong.of(size), old.added())
                        : old)
            .toList());
  }

  private void replace(LogName log, List<KeyPeriod> keys) {
    logs.replaceAll(old -> old.id() == log.id() ? new LogName(log.id(), keys) : old);
  }

  @Override
  public Optional<Published> latest(LogName log) {
    return checkpoints.stream()
        .filter(p -> p.checkpoint().origin().equals(log.origin()))
        .max(Comparator.comparingLong(p -> p.checkpoint().size()));
  }

  @Override
  public Optional<Published> published(LogName log) {
    return checkpoints.stream()
        .filter(p -> given.contains(log.id() + ":" + p.checkpoint().size()))
        .filter(p -> p.checkpoint().origin().equals(log.origin()))
        .max(Comparator.comparingLong(p -> p.checkpoint().size()));
  }

  @Override
  public Optional<Published> covering(LogName log, long logSeq) {
    return checkpoints.stream()
        .filter(p -> given.contains(log.id() + ":" + p.checkpoint().size()))
        .filter(p -> p.checkpoint().origin().equals(log.origin()))
        .filter(p -> p.checkpoint().size() > logSeq)
        .min(Comparator.comparingLong(p -> p.checkpoint().size()));
  }

  @Override
  public void sign(LogName log, Published signed, Instant now) {
    checkpoints.add(signed);
  }

  @Override
  public void publish(LogName log, long size, Instant now) {
    given.add(log.id() + ":" + size);
  }

  @Override
  public String written() {
    return Integer.toString(leaves.size());
  }

  @Override
  public boolean isOnStandby(String written) {
    return Integer.parseInt(written) <= onStandby;
  }

  @Override
  public boolean seesStandbys() {
    return true;
  }

  @Override
  public long entries(LogName log) {
    return leaves.stream()
        .filter(e -> e.logId() == log.id())
        .mapToLong(e -> e.logSeq() + 1)
        .max()
        .orElse(0);
  }

  @Override
  public boolean anyPending() {
    return !events.outbox.isEmpty();
  }

  @Override
  public List<Pending> pending(int most) {
    return events.outbox.stream().limit(most).toList();
  }

  @Override
  public void append(LogName log, List<Pending> pending, List<Entry> entries, List<TreeHash> add) {
    leaves.addAll(entries);
    add.forEach(hash -> hashes.put(place(log.id(), hash.level(), hash.position()), hash.hash()));
    events.outbox.removeAll(pending);
  }

  @Override
  public List<Bytes> tile(LogName log, int level, long index) {
    tilesRead++;
    return stored(log, level, index);
  }

  /** A tile's hashes that came with something else. */
  public List<Bytes> stored(LogName log, int level, long index) {
    List<Bytes> tile = new ArrayList<>();
    for (int i = 0; i < Tile.WIDTH_FULL; i++) {
      Bytes hash = hashes.get(place(log.id(), level, index * Tile.WIDTH_FULL + i));
      if (hash != null) {
        tile.add(hash);
      }
    }
    return tile;
  }

  @Override
  public Optional<Entry> entryOf(UuidV7 eventId) {
    return leaves.stream().filter(e -> e.eventId().equals(eventId)).findFirst();
  }

  @Override
  public List<Bytes> leaves(LogName log, long logSeq, int most) {
    return leaves.stream()
        .filter(e -> e.logId() == log.id())
        .filter(e -> e.logSeq() >= logSeq && e.logSeq() < logSeq + most)
        .map(Entry::leaf)
        .toList();
  }
}
