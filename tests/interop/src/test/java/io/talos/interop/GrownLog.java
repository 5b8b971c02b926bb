package io.talos.interop;

import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.TreeHash;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.TlogProof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A log that grew as the server's does, batch by batch at its right edge; signs any earlier size.
 */
final class GrownLog {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SOURCES = 16;

  private final NoteSigner signer;
  private final List<Bytes> entries = new ArrayList<>();
  private final List<List<Bytes>> levels = new ArrayList<>();

  GrownLog(String origin, int size, Random random) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    random.nextBytes(seed);
    signer = new NoteSigner(origin, Ed25519.fromSeed(SecretBytes.of(seed)));
    while (entries.size() < size) {
      append(Math.min(size - entries.size(), 1 + random.nextInt(1_000)));
    }
  }

  private void append(int batch) {
    RightEdge edge = RightEdge.read(entries.size(), this::tile);
    for (int i = 0; i < batch; i++) {
      Bytes entry = entry(entries.size());
      entries.add(entry);
      edge.append(MerkleTree.leafHash(entry));
    }
    for (TreeHash hash : edge.fresh()) {
      while (levels.size() <= hash.level()) {
        levels.add(new ArrayList<>());
      }
      levels.get(hash.level()).add(hash.hash());
    }
  }

  private static Bytes entry(int index) {
    return new LogLeaf(
            index,
            "node-1/" + index % SOURCES,
            index / SOURCES,
            "request.admitted",
            BEGIN.plusMillis(index),
            Sha256.of(Bytes.utf8("event " + index)))
        .bytes();
  }

  private List<Bytes> tile(int level, long index) {
    if (level >= levels.size()) {
      return List.of();
    }
    List<Bytes> hashes = levels.get(level);
    int from = (int) Math.min(hashes.size(), index * Tile.WIDTH_FULL);
    return hashes.subList(from, Math.min(hashes.size(), from + Tile.WIDTH_FULL));
  }

  private TileHashes hashes() {
    return new TileHashes(this::tile);
  }

  NoteSigner signer() {
    return signer;
  }

  Bytes entryAt(int index) {
    return entries.get(index);
  }

  Checkpoint checkpoint(int size) {
    return new Checkpoint(signer.name(), size, MerkleTree.root(size, hashes()));
  }

  SignedNote signed(int size) {
    return signer.sign(checkpoint(size).text());
  }

  List<Bytes> path(int index, int size) {
    return MerkleTree.inclusion(index, size, hashes());
  }

  List<Bytes> growth(int from, int to) {
    return MerkleTree.consistency(from, to, hashes());
  }

  TlogProof proof(int index, int size) {
    return new TlogProof(Optional.empty(), index, path(index, size), signed(size));
  }
}
