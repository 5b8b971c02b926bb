package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A tile's hashes and every complete node above them, each hashed once and then only looked up.
 * Immutable: a tile only ever grows at its end, so what was computed from its beginning stays true.
 *
 * <p>Takes at most 511 hashes of 32 bytes.
 *
 * <p>Source: RFC 9162 §2.1; C2SP tlog-tiles, "Merkle Tree".
 */
public final class TileTree {
  private final int width;
  private final Bytes nodes;

  private TileTree(int width, Bytes nodes) {
    this.width = width;
    this.nodes = nodes;
  }

  /** The tree over a tile of at most {@value Tile#WIDTH_FULL} hashes; it may be empty. */
  public static TileTree of(List<Bytes> hashes) {
    Check.atMost(hashes.size(), Tile.WIDTH_FULL, "the hashes of a tile");
    ByteArrayOutputStream nodes = new ByteArrayOutputStream(2 * hashes.size() * Sha256.SIZE);
    List<Bytes> row = hashes;
    while (!row.isEmpty()) {
      row.forEach(hash -> nodes.writeBytes(hash.toArray()));
      List<Bytes> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i + 1 < row.size(); i += 2) {
        above.add(MerkleTree.nodeHash(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return new TileTree(hashes.size(), Bytes.of(nodes.toByteArray()));
  }

  /** How many hashes the tile holds. */
  public int width() {
    return width;
  }

  /** Whether the tile never grows again. */
  public boolean isFull() {
    return width == Tile.WIDTH_FULL;
  }

  /** The {@code index}-th node with 2^{@code height} of the tile's hashes under it. */
  Bytes node(int height, int index) {
    Check.that(0 <= index && index < width >> height, "the node is complete");
    int at = index;
    for (int below = 0; below < height; below++) {
      at += width >> below;
    }
    return nodes.slice(at * Sha256.SIZE, (at + 1) * Sha256.SIZE);
  }
}
