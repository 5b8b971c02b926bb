package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Proves that neighbouring leaves are exactly those that a tree has at their places, none left out
 * and none put in: with the hashes of what lies left and right of them the root comes out.
 *
 * <p>The proof is the hashes of the largest complete or rightmost subtrees that hold none of the
 * leaves, from left to right; at most two for each level of the tree.
 *
 * <p>Source: RFC 6962 §2.1, whose recursion it follows.
 */
public final class MerkleRange {
  private MerkleRange() {}

  /** The proof for the leaves from {@code begin} to before {@code end}, at least one. */
  public static List<Bytes> path(long begin, long end, long size, MerkleTree.Hashes hashes) {
    requireRange(begin, end, size);
    List<Bytes> path = new ArrayList<>();
    collect(0, size, begin, end, hashes, path);
    return List.copyOf(path);
  }

  private static void collect(
      long low, long high, long begin, long end, MerkleTree.Hashes hashes, List<Bytes> path) {
    if (high <= begin || low >= end) {
      path.add(MerkleTree.range(low, high, hashes));
    } else if (high - low > 1 && (low < begin || high > end)) {
      long middle = low + MerkleTree.split(high - low);
      collect(low, middle, begin, end, hashes, path);
      collect(middle, high, begin, end, hashes, path);
    }
  }

  /**
   * The root over a tree that holds these leaves; each is asked for once and in order, so that they
   * need not be in memory together.
   *
   * @throws TalosException {@link ErrorCode#EXPORT_INVALID} when {@code path} has another length
   */
  public static Bytes root(
      long begin, long end, long size, Supplier<Bytes> leafHashes, List<Bytes> path) {
    requireRange(begin, end, size);
    Iterator<Bytes> outside = path.iterator();
    Bytes root = root(0, size, begin, end, leafHashes, outside);
    if (outside.hasNext()) {
      throw tooLong();
    }
    return root;
  }

  private static Bytes root(
      long low, long high, long begin, long end, Supplier<Bytes> leaves, Iterator<Bytes> outside) {
    if (high <= begin || low >= end) {
      if (!outside.hasNext()) {
        throw tooLong();
      }
      return outside.next();
    }
    if (high - low == 1) {
      return leaves.get();
    }
    long middle = low + MerkleTree.split(high - low);
    Bytes left = root(low, middle, begin, end, leaves, outside);
    return MerkleTree.nodeHash(left, root(middle, high, begin, end, leaves, outside));
  }

  private static TalosException tooLong() {
    return new TalosException(ErrorCode.EXPORT_INVALID, "the range's proof has another length");
  }

  private static void requireRange(long begin, long end, long size) {
    Check.that(0 <= begin && begin < end && end <= size, "a range lies within its tree");
    Check.that(size <= MerkleTree.SIZE_MAX, "a tree's size lies between 0 and 2^62");
  }
}
