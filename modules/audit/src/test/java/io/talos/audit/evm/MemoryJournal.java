package io.talos.audit.evm;

import io.talos.audit.anchors.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A journal in memory. */
final class MemoryJournal implements EvmJournal {
  final Map<Long, List<Attempt>> attempts = new HashMap<>();
  final Set<Long> done = new HashSet<>();

  @Override
  public List<Attempt> attempts(Task task) {
    return List.copyOf(attempts.getOrDefault(task.size(), List.of()));
  }

  @Override
  public List<Long> openNonces() {
    return attempts.entrySet().stream()
        .filter(e -> !done.contains(e.getKey()))
        .map(e -> e.getValue().get(e.getValue().size() - 1).nonce())
        .toList();
  }

  @Override
  public void add(Task task, Attempt attempt) {
    attempts.computeIfAbsent(task.size(), size -> new ArrayList<>()).add(attempt);
  }
}
