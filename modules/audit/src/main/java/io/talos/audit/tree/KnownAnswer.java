package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TileHashes;
import java.util.List;
import java.util.stream.Stream;

/** Checks at start-up that hashing and signatures give answers that others published. */
public final class KnownAnswer {
  /** Source: google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc. */
  private static final List<Bytes> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(Hex::decode)
          .toList();

  private static final Bytes ROOT_OF_7 =
      Hex.decode("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  private static final Bytes ROOT_OF_8 =
      Hex.decode("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  /** Source: golang.org/x/mod/sumdb/note, package documentation, "Verifying Notes". */
  private static final String VKEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String NOTE =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n"
          + "\n"
          + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
          + "qfqdngotpRZb6KE6RyyBwJnAM=\n";

  private KnownAnswer() {}

  /**
   * Returns when every answer is right.
   *
   * @throws TalosException {@link ErrorCode#INTERNAL} otherwise
   */
  public static void check() {
    RightEdge edge = RightEdge.read(0, (level, index) -> List.of());
    LEAVES.forEach(leaf -> edge.append(MerkleTree.leafHash(leaf)));
    List<Bytes> hashes = edge.fresh().stream().map(TreeHash::hash).toList();
    MerkleTree.Hashes tree =
        (height, index) ->
            TileHashes.rootOf(hashes.subList((int) index << height, (int) (index + 1) << height));
    require(edge.root().equals(ROOT_OF_8), "the root of the known tree");
    require(
        MerkleProof.includes(hashes.get(5), 5, 8, MerkleTree.inclusion(5, 8, tree), ROOT_OF_8),
        "an inclusion proof");
    require(
        MerkleProof.continues(7, ROOT_OF_7, 8, ROOT_OF_8, MerkleTree.consistency(7, 8, tree)),
        "a consistency proof");
    require(SignedNote.parse(NOTE).isSignedBy(NoteKey.parse(VKEY)), "a signed note");
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new TalosException(ErrorCode.INTERNAL, "self-test failed: " + what);
    }
  }
}
