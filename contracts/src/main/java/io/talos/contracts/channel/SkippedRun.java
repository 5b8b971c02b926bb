package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.SkippedKeys.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of one chain that were skipped at once, with numbers that follow each other. Immutable. */
final class SkippedRun {
  private final Bytes ratchetKey;
  private final int first;
  private final long at;

  /** Those that have served, or had to go, are null. */
  private final @Nullable SecretBytes[] keys;

  private final int size;

  SkippedRun(Bytes ratchetKey, int first, long at, List<SecretBytes> keys) {
    this(ratchetKey, first, at, keys.toArray(SecretBytes[]::new), keys.size());
  }

  private SkippedRun(Bytes ratchetKey, int first, long at, @Nullable SecretBytes[] keys, int size) {
    this.ratchetKey = ratchetKey;
    this.first = first;
    this.at = at;
    this.keys = keys;
    this.size = size;
  }

  Bytes ratchetKey() {
    return ratchetKey;
  }

  /** The number of its first message, whether that key is still there or not. */
  int first() {
    return first;
  }

  /** How many messages were opened before it was kept. */
  long at() {
    return at;
  }

  /** How many numbers it covers. */
  int span() {
    return keys.length;
  }

  /** How many keys are left in it. */
  int size() {
    return size;
  }

  @Nullable SecretBytes keyAt(int index) {
    return keys[index];
  }

  @Nullable SecretBytes find(Place place) {
    long index = (long) place.number() - first;
    return index >= 0 && index < keys.length && ratchetKey.equals(place.ratchetKey())
        ? keys[(int) index]
        : null;
  }

  /** Without the key of this number, which is there. */
  SkippedRun without(int number) {
    @Nullable SecretBytes[] fewer = keys.clone();
    fewer[number - first] = null;
    return new SkippedRun(ratchetKey, first, at, fewer, size - 1);
  }

  /** Without its {@code count} oldest keys. */
  SkippedRun withoutOldest(int count) {
    @Nullable SecretBytes[] fewer = keys.clone();
    int left = count;
    for (int i = 0; i < fewer.length && left > 0; i++) {
      left -= fewer[i] == null ? 0 : 1;
      fewer[i] = null;
    }
    return new SkippedRun(ratchetKey, first, at, fewer, size - count);
  }
}
