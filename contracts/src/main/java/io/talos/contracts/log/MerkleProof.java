package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import java.util.List;

/**
 * Verifies the proofs of a {@link MerkleTree} from its roots alone; never throws on a wrong proof.
 *
 * <p>Source: RFC 9162 §2.1.3.2 (inclusion), §2.1.4.2 (consistency).
 */
public final class MerkleProof {
  private MerkleProof() {}

  /** Whether {@code path} proves {@code leafHash} to be leaf {@code index} under {@code root}. */
  public static boolean includes(
      Bytes leafHash, long index, long size, List<Bytes> path, Bytes root) {
    if (index < 0 || index >= size || size > MerkleTree.SIZE_MAX || !wellFormed(path)) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Bytes hash = leafHash;
    for (Bytes sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether {@code path} proves that the tree of size {@code to} under {@code toRoot} begins with
   * exactly the tree of size {@code from} under {@code fromRoot}.
   *
   * <p>The empty tree is continued by every tree and needs an empty path; a tree continues itself.
   */
  public static boolean continues(
      long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> path) {
    if (from < 0 || from > to || to > MerkleTree.SIZE_MAX || !wellFormed(path)) {
      return false;
    }
    if (from == 0) {
      return path.isEmpty()
          && fromRoot.equals(MerkleTree.emptyRoot())
          && (to > 0 || toRoot.equals(fromRoot));
    }
    if (from == to) {
      return path.isEmpty() && fromRoot.equals(toRoot);
    }
    return walk(from, fromRoot, to, toRoot, path);
  }

  private static boolean walk(long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> path) {
    boolean whole = Long.bitCount(from) == 1;
    if (!whole && path.isEmpty()) {
      return false;
    }
    long node = from - 1;
    long last = to - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    Bytes first = whole ? fromRoot : path.get(0);
    Bytes earlier = first;
    Bytes later = first;
    for (Bytes step : path.subList(whole ? 0 : 1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        earlier = MerkleTree.nodeHash(step, earlier);
        later = MerkleTree.nodeHash(step, later);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        later = MerkleTree.nodeHash(later, step);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && earlier.equals(fromRoot) && later.equals(toRoot);
  }

  private static boolean wellFormed(List<Bytes> path) {
    return path.size() <= Limits.PATH_HASHES_MAX
        && path.stream().allMatch(hash -> hash.size() == Sha256.SIZE);
  }
}
