package io.talos.bench.micro;

import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.TreeHash;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.TileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The audit log's tree of 100,000 entries in memory; no database, no checkpoint signature. */
@State(Scope.Benchmark)
public class MerkleBenchmark {
  private static final int SIZE = 100_000;
  private static final int BATCH = 256;
  private static final long STEP = 7919;

  private final List<List<List<Bytes>>> tiles = new ArrayList<>();
  private final Bytes leaf = MerkleTree.leafHash(Bytes.utf8("an entry"));
  private final Bytes root = build();
  private final List<Bytes> path = MerkleTree.inclusion(STEP, SIZE, new TileHashes(this::tile));
  private final Map<Long, TileTree> kept = new HashMap<>();
  private long index;

  private Bytes build() {
    RightEdge edge = RightEdge.read(0, (level, tile) -> List.of());
    for (int i = 0; i < SIZE; i++) {
      edge.append(leafHash(i));
    }
    Map<Integer, Integer> counts = new HashMap<>();
    for (TreeHash hash : edge.fresh()) {
      int position = counts.merge(hash.level(), 1, Integer::sum) - 1;
      Outcome.held(position == hash.position());
      place(hash);
    }
    return edge.root();
  }

  private void place(TreeHash hash) {
    while (tiles.size() <= hash.level()) {
      tiles.add(new ArrayList<>());
    }
    List<List<Bytes>> row = tiles.get(hash.level());
    if (hash.position() % Tile.WIDTH_FULL == 0) {
      row.add(new ArrayList<>());
    }
    row.get(row.size() - 1).add(hash.hash());
  }

  private static Bytes leafHash(long number) {
    return MerkleTree.leafHash(Bytes.utf8("entry " + number));
  }

  private List<Bytes> tile(int level, long number) {
    boolean exists = level < tiles.size() && number < tiles.get(level).size();
    return exists ? tiles.get(level).get((int) number) : List.of();
  }

  /** One of {@value #BATCH} entries appended to the stored edge, root included. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Bytes appendInBatch() {
    RightEdge edge = RightEdge.read(SIZE, this::tile);
    for (int i = 0; i < BATCH; i++) {
      edge.append(leaf);
    }
    return edge.root();
  }

  /** The same out of tiles that were hashed for an earlier proof. */
  @Benchmark
  public List<Bytes> proveInclusionFromMemory() {
    index = (index + STEP) % SIZE;
    return MerkleTree.inclusion(index, SIZE, TileHashes.of(this::remembered));
  }

  private TileTree remembered(int level, long number, int width) {
    return kept.computeIfAbsent(
        number * Tile.HEIGHT + level, at -> TileTree.of(tile(level, number)));
  }

  /** The proof that an entry lies in the tree. */
  @Benchmark
  public List<Bytes> proveInclusion() {
    index = (index + STEP) % SIZE;
    return MerkleTree.inclusion(index, SIZE, new TileHashes(this::tile));
  }

  /** What a stranger does with the proof. */
  @Benchmark
  public boolean verifyInclusion() {
    return Outcome.held(MerkleProof.includes(leafHash(STEP), STEP, SIZE, path, root));
  }
}
