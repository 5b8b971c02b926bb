package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree that only grows and knows nothing but its root: the hashes of its largest complete
 * subtrees, at most 62 of them. Whoever appends every entry of a log to one has proved for himself
 * that the log only grew. Not thread safe.
 *
 * <p>Source: RFC 9162 §2.1.1.
 */
public final class Frontier {
  private final List<Bytes> hashes;
  private long size;

  /** The frontier of a tree without leaves. */
  public Frontier() {
    this(0, List.of());
  }

  /**
   * The frontier that was kept of a tree.
   *
   * @param hashes the complete subtrees' hashes, the largest first: one for each bit of the size
   */
  public Frontier(long size, List<Bytes> hashes) {
    Check.that(0 <= size && size <= MerkleTree.SIZE_MAX, "a tree's size lies between 0 and 2^62");
    Check.that(hashes.size() == Long.bitCount(size), "one hash for each bit of the size");
    Check.that(hashes.stream().allMatch(h -> h.size() == Sha256.SIZE), "a hash has 32 bytes");
    this.size = size;
    this.hashes = new ArrayList<>(hashes);
  }

  /** Appends a leaf's hash. */
  public void append(Bytes leafHash) {
    Bytes hash = leafHash;
    for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
      hash = MerkleTree.nodeHash(hashes.remove(hashes.size() - 1), hash);
    }
    hashes.add(hash);
    size++;
  }

  /** How many leaves the tree has. */
  public long size() {
    return size;
  }

  /** The subtrees' hashes, the largest first. */
  public List<Bytes> hashes() {
    return List.copyOf(hashes);
  }

  /** The tree's root. */
  public Bytes root() {
    if (hashes.isEmpty()) {
      return MerkleTree.emptyRoot();
    }
    Bytes root = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      root = MerkleTree.nodeHash(hashes.get(i), root);
    }
    return root;
  }
}
