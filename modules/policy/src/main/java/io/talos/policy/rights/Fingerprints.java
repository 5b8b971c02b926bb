package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A growing set of 32-byte ids, kept as keyed 64-bit fingerprints in one table of longs: 13 to 27
 * bytes an id. "No" is certain; "yes" is wrong once in about 2<sup>64</sup> divided by the number
 * of ids, so somebody else confirms it.
 *
 * <p>The key is this node's own chance, so that nobody can choose ids that lie in each other's way.
 * Many threads may look while one adds; whoever adds publishes afterwards by a volatile write.
 */
final class Fingerprints {
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int CELLS_MIN = 1 << 10;
  private static final long NEVER_ZERO = 0x9E3779B97F4A7C15L;

  private final long[] key;
  private volatile long[] cells = new long[CELLS_MIN];
  private int size;

  private Fingerprints(long[] key) {
    this.key = key;
  }

  /** An empty set under a key of its own. */
  static Fingerprints keyedBy(Randomness randomness) {
    Bytes chance = randomness.bytes(Long.BYTES * 4);
    long[] key = new long[4];
    for (int i = 0; i < key.length; i++) {
      key[i] = chance.longAt(i * Long.BYTES);
    }
    return new Fingerprints(key);
  }

  /** An empty set under the same key: fingerprints that were taken stay good. */
  Fingerprints emptied() {
    return new Fingerprints(key);
  }

  /** The fingerprint of the id that starts at {@code offset}; never zero. */
  long of(Bytes id, int offset) {
    long a = fold(id.longAt(offset) ^ key[0], id.longAt(offset + 8) ^ key[1]);
    long b = fold(id.longAt(offset + 16) ^ key[2], id.longAt(offset + 24) ^ key[3]);
    long mixed = fold(a ^ key[1], b ^ key[2]) ^ a;
    return mixed == 0 ? NEVER_ZERO : mixed;
  }

  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }

  /** Whether a fingerprint was added. */
  boolean contains(long fingerprint) {
    long[] table = cells;
    int mask = table.length - 1;
    // A table is never more than three quarters full, so that every walk ends at an empty cell.
    for (int i = (int) fingerprint & mask; ; i = (i + 1) & mask) {
      long cell = (long) CELLS.getOpaque(table, i);
      if (cell == fingerprint) {
        return true;
      }
      if (cell == 0) {
        return false;
      }
    }
  }

  /** Adds one; by one thread at a time. */
  void add(long fingerprint) {
    if (size >= cells.length / 4 * 3) {
      grow();
    }
    if (put(cells, fingerprint)) {
      size++;
    }
  }

  private void grow() {
    long[] old = cells;
    long[] larger = new long[Math.multiplyExact(old.length, 2)];
    for (long cell : old) {
      if (cell != 0) {
        put(larger, cell);
      }
    }
    cells = larger;
  }

  private static boolean put(long[] table, long fingerprint) {
    int mask = table.length - 1;
    int i = (int) fingerprint & mask;
    while (table[i] != 0) {
      if (table[i] == fingerprint) {
        return false;
      }
      i = (i + 1) & mask;
    }
    CELLS.setOpaque(table, i, fingerprint);
    return true;
  }

  int size() {
    return size;
  }
}
