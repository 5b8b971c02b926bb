package io.talos.audit.anchors;

import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Epochs, tasks and evidence in memory, open to a test. */
public final class MemoryAnchorRows implements AnchorRows {
  public final Map<Long, SignedNote> notes = new HashMap<>();
  public final List<Epoch> epochs = new ArrayList<>();
  public final Map<String, Task> tasks = new LinkedHashMap<>();
  public final Map<String, Instant> next = new HashMap<>();
  public final Map<String, String> codes = new HashMap<>();
  public final Map<String, Evidence> evidence = new LinkedHashMap<>();
  public int recorded;
  public boolean lockedByAnotherNode;

  private final Map<AnchorKind, String> holders = new HashMap<>();
  private final Map<AnchorKind, Instant> heldUntil = new HashMap<>();

  private static String key(AnchorKind kind, long size) {
    return kind + ":" + size;
  }

  @Override
  public boolean tryLock() {
    return !lockedByAnotherNode;
  }

  @Override
  public Optional<Epoch> newest() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  @Override
  public void open(Epoch epoch) {
    epochs.add(epoch);
    for (AnchorKind kind : epoch.pending()) {
      SignedNote note = notes.get(epoch.size());
      if (note == null) {
        throw new IllegalStateException("the checkpoint is there before its epoch");
      }
      tasks.put(
          key(kind, epoch.size()),
          new Task(kind, epoch.logId(), epoch.size(), note, epoch.openedAt(), 0));
      next.put(key(kind, epoch.size()), epoch.openedAt());
    }
  }

  @Override
  public boolean lease(AnchorKind lane, String holder, Instant now, Instant until) {
    boolean free =
        holder.equals(holders.getOrDefault(lane, holder))
            || heldUntil.getOrDefault(lane, Instant.MIN).isBefore(now);
    if (free) {
      holders.put(lane, holder);
      heldUntil.put(lane, until);
    }
    return free;
  }

  @Override
  public List<Task> due(AnchorKind lane, Instant now, int most) {
    return tasks.values().stream()
        .filter(t -> t.kind() == lane)
        .filter(t -> !next.getOrDefault(key(lane, t.size()), now).isAfter(now))
        .sorted(Comparator.comparingLong(Task::size))
        .limit(most)
        .toList();
  }

  @Override
  public void record(long logId, long size, Evidence found, Instant now) {
    recorded++;
    evidence.putIfAbsent(key(found.anchor().kind(), size) + ":" + found.name(), found);
  }

  @Override
  public void finish(Task task) {
    tasks.remove(key(task.kind(), task.size()));
  }

  @Override
  public void postpone(Task task, int tries, Instant at, Optional<String> code) {
    String key = key(task.kind(), task.size());
    tasks.put(
        key, new Task(task.kind(), task.logId(), task.size(), task.note(), task.openedAt(), tries));
    next.put(key, at);
    code.ifPresent(c -> codes.put(key, c));
  }

  @Override
  public List<String> names(long logId, long size, AnchorKind kind) {
    return evidence.entrySet().stream()
        .filter(e -> e.getKey().startsWith(key(kind, size) + ":"))
        .map(e -> e.getValue().name())
        .toList();
  }

  @Override
  public List<Epoch> epochs(long logId, OptionalLong below, int most) {
    return epochs.stream().filter(e -> e.size() < below.orElse(Long.MAX_VALUE)).toList();
  }

  @Override
  public Optional<Epoch> epoch(long logId, long size) {
    return epochs.stream().filter(e -> e.size() == size).findFirst();
  }

  public Optional<Epoch> anchored(long logId, long from) {
    return epochs.stream()
        .filter(e -> e.size() >= from && !anchors(logId, e.size()).isEmpty())
        .filter(e -> tasks.values().stream().noneMatch(t -> t.size() == e.size()))
        .min(Comparator.comparingLong(Epoch::size));
  }

  @Override
  public String note(long logId, long size) {
    SignedNote note = notes.get(size);
    return note == null ? "" : note.encoded();
  }

  @Override
  public List<Anchor> anchors(long logId, long size) {
    return evidence.entrySet().stream()
        .filter(e -> e.getKey().contains(":" + size + ":"))
        .map(e -> e.getValue().anchor())
        .toList();
  }
}
