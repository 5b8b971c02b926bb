package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree over a log's leaves: its root and the proofs that it gives.
 *
 * <p>All functions ask a {@link Hashes} for complete subtrees only, so that whatever keeps the
 * hashes, an array or tiles in a database, can answer; each asks O(log n) times. Sizes and indexes
 * are whole numbers from 0 to 2^62.
 *
 * <p>Source: RFC 6962 §2.1 (the same tree as RFC 9162 §2.1).
 */
public final class MerkleTree {
  /** The largest tree. */
  public static final long SIZE_MAX = 1L << 62;

  private static final Bytes LEAF_PREFIX = Bytes.of((byte) 0);
  private static final Bytes NODE_PREFIX = Bytes.of((byte) 1);
  private static final Bytes EMPTY_ROOT = Sha256.of();

  private MerkleTree() {}

  /** Hashes of complete subtrees. */
  @FunctionalInterface
  public interface Hashes {
    /**
     * The hash of the complete subtree with 2^{@code height} leaves that is the {@code index}-th of
     * its height, counted from 0.
     */
    Bytes subtree(int height, long index);
  }

  /** The root of a tree without leaves (RFC 6962 §2.1: the hash of nothing). */
  public static Bytes emptyRoot() {
    return EMPTY_ROOT;
  }

  /** The hash of one leaf. */
  public static Bytes leafHash(Bytes leaf) {
    return Sha256.of(LEAF_PREFIX, leaf);
  }

  /** The hash of a node above two others. */
  public static Bytes nodeHash(Bytes left, Bytes right) {
    return Sha256.of(NODE_PREFIX, left, right);
  }

  /** The root of the first {@code size} leaves. */
  public static Bytes root(long size, Hashes hashes) {
    checkSize(size);
    return size == 0 ? EMPTY_ROOT : range(0, size, hashes);
  }

  /** The path that proves leaf {@code index} to lie in the tree of the first {@code size}. */
  public static List<Bytes> inclusion(long index, long size, Hashes hashes) {
    checkSize(size);
    Check.that(0 <= index && index < size, "the leaf lies in the tree");
    List<Bytes> path = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + split(end - begin);
      if (index < middle) {
        path.add(0, range(middle, end, hashes));
        end = middle;
      } else {
        path.add(0, range(begin, middle, hashes));
        begin = middle;
      }
    }
    return List.copyOf(path);
  }

  /**
   * The path that proves the tree of the first {@code to} leaves to continue the tree of the first
   * {@code from}; empty when {@code from} is 0, which every tree continues, or equals {@code to}.
   */
  public static List<Bytes> consistency(long from, long to, Hashes hashes) {
    checkSize(to);
    Check.that(0 <= from && from <= to, "the earlier tree is not the larger one");
    if (from == 0) {
      return List.of();
    }
    List<Bytes> path = new ArrayList<>();
    long begin = 0;
    long end = to;
    while (from < end) {
      long middle = begin + split(end - begin);
      if (from <= middle) {
        path.add(0, range(middle, end, hashes));
        end = middle;
      } else {
        path.add(0, range(begin, middle, hashes));
        begin = middle;
      }
    }
    // A first tree that is one subtree of the whole is known to the verifier, so it is left out.
    if (begin != 0) {
      path.add(0, range(begin, end, hashes));
    }
    return List.copyOf(path);
  }

  /** Hash of the leaves from {@code begin} to {@code end}, as the tree's shape arranges them. */
  static Bytes range(long begin, long end, Hashes hashes) {
    long count = end - begin;
    if (Long.bitCount(count) == 1) {
      int height = Long.numberOfTrailingZeros(count);
      return hashes.subtree(height, begin >>> height);
    }
    long middle = begin + split(count);
    return nodeHash(range(begin, middle, hashes), range(middle, end, hashes));
  }

  /** The largest power of two that is smaller than {@code count}, which is at least 2. */
  static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  private static void checkSize(long size) {
    Check.that(0 <= size && size <= SIZE_MAX, "a tree's size lies between 0 and 2^62");
  }
}
