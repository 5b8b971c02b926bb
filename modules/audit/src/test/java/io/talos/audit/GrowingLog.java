package io.talos.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import java.util.ArrayList;
import java.util.List;

/** A log of a test, honest or not: two of them with one key and other leaves are a fork. */
final class GrowingLog {
  static final String ORIGIN = "alice.example/log";

  final NoteSigner signer = new NoteSigner(ORIGIN, keys(1));
  private final List<Bytes> leaves = new ArrayList<>();

  GrowingLog(int size, String kind) {
    for (int i = 0; i < size; i++) {
      leaves.add(MerkleTree.leafHash(Bytes.utf8(kind + i)));
    }
  }

  static Ed25519.KeyPair keys(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  Checkpoint checkpoint(long size) {
    return new Checkpoint(ORIGIN, size, MerkleTree.root(size, this::subtree));
  }

  SignedNote note(long size) {
    return signer.sign(checkpoint(size).text());
  }

  List<Bytes> growth(long from, long to) {
    return from == 0 || from == to ? List.of() : MerkleTree.consistency(from, to, this::subtree);
  }

  private Bytes subtree(int height, long index) {
    if (height == 0) {
      return leaves.get((int) index);
    }
    return MerkleTree.nodeHash(subtree(height - 1, index * 2), subtree(height - 1, index * 2 + 1));
  }
}
