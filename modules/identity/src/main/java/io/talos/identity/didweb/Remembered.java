package io.talos.identity.didweb;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers a bounded number of values, each until its time; the one unused longest goes first. */
final class Remembered<K, V> {
  private static final float LOAD = 0.75f;

  private final Map<K, Kept<V>> values;

  Remembered(int max) {
    values =
        new LinkedHashMap<>(16, LOAD, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > max;
          }
        };
  }

  private record Kept<V>(V value, Instant until) {}

  /** The value, before its end; at its end it is forgotten. */
  synchronized Optional<V> find(K key, Instant now) {
    Kept<V> kept = values.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    if (!now.isBefore(kept.until())) {
      values.remove(key);
      return Optional.empty();
    }
    return Optional.of(kept.value());
  }

  synchronized void put(K key, V value, Instant until) {
    values.put(key, new Kept<>(value, until));
  }

  synchronized int size() {
    return values.size();
  }
}
