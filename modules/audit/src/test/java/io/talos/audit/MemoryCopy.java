package io.talos.audit;

import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Map;

/** The rows of logs at one moment, as a standby or a backup has them. */
record MemoryCopy(
    Map<String, Bytes> hashes,
    List<Entry> leaves,
    List<Published> checkpoints,
    List<LogName> logs,
    List<Loss> losses) {

  static MemoryCopy of(MemoryLogRows rows) {
    return new MemoryCopy(
        Map.copyOf(rows.hashes),
        List.copyOf(rows.leaves),
        List.copyOf(rows.checkpoints),
        List.copyOf(rows.logs),
        List.copyOf(rows.losses));
  }

  void restore(MemoryLogRows rows) {
    rows.hashes.clear();
    rows.hashes.putAll(hashes);
    set(rows.leaves, leaves);
    set(rows.checkpoints, checkpoints);
    set(rows.logs, logs);
    set(rows.losses, losses);
  }

  private static <T> void set(List<T> target, List<T> source) {
    target.clear();
    target.addAll(source);
  }
}
