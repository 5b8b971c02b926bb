package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LeafNodeSource;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.codec.CredentialType;

/**
 * Who sits at which leaf of a group's tree, each agent at one.
 *
 * @param leaves by index
 */
record Roster(Map<Integer, Leaf> leaves) {
  /**
   * A leaf.
   *
   * @param key the signature key
   */
  record Leaf(Did did, Bytes key) {
    static Leaf of(LeafNode node) {
      if (node.getCredential().getCredentialType() != CredentialType.basic) {
        throw mismatch("a credential that is no DID");
      }
      return new Leaf(
          Did.parse(Bytes.of(node.getCredential().getIdentity()).utf8()),
          Bytes.of(node.getSignatureKey()));
    }
  }

  Roster {
    leaves = Map.copyOf(leaves);
    if (leaves.size() > Limits.MEMBERS_MAX) {
      throw mismatch("more members than a group may have");
    }
    Set<Did> dids = new HashSet<>();
    leaves.values().forEach(leaf -> dids.add(leaf.did()));
    if (dids.size() != leaves.size()) {
      throw mismatch("an agent sits at two leaves");
    }
  }

  /** What the tree says; nothing of it is verified. */
  static Roster of(TreeKEMPublicKey tree) {
    Map<Integer, Leaf> leaves = new TreeMap<>();
    for (int i = 0; i < tree.getSize().leafCount(); i++) {
      LeafNode node = tree.getLeafNode(new LeafIndex(i));
      if (node != null) {
        leaves.put(i, Leaf.of(node));
      }
    }
    return new Roster(leaves);
  }

  /**
   * Requires that the keys of all leaves which {@code before} did not know spoke for their DIDs at
   * {@code when}.
   */
  void requireEntitled(Roster before, MemberKeys keys, Instant when) {
    leaves.forEach(
        (index, leaf) -> {
          if (!leaf.equals(before.leaves.get(index))
              && !keys.of(leaf.did()).spoke(leaf.key(), when, Limits.CLOCK_SLACK)) {
            throw mismatch("a leaf whose key does not speak for its DID");
          }
        });
  }

  /**
   * Who sits in a tree that a joiner is shown: every leaf is signed by its key, and no key is there
   * twice.
   *
   * <p>Source: RFC 9420 §7.3, §12.4.3.1.
   */
  static Roster whole(TreeKEMPublicKey tree, byte[] groupId) throws IOException {
    Set<Bytes> used = new HashSet<>();
    Roster roster = of(tree);
    for (Map.Entry<Integer, Leaf> seat : roster.leaves.entrySet()) {
      LeafNode node = tree.getLeafNode(new LeafIndex(seat.getKey()));
      byte[] signed =
          node.getSource() == LeafNodeSource.KEY_PACKAGE
              ? node.toBeSigned(new byte[0], -1)
              : node.toBeSigned(groupId, seat.getKey());
      if (!node.verify(Mls.SUITE, signed)
          || !used.add(Bytes.of(node.getEncryptionKey()))
          || !used.add(seat.getValue().key())) {
        throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, "a leaf that is not valid");
      }
    }
    return roster;
  }

  /**
   * Requires that every leaf's key is one of its DID's. When each came in, a joiner cannot know, so
   * a key that was changed since is good.
   */
  void requireKnown(MemberKeys keys) {
    for (Leaf leaf : leaves.values()) {
      if (!keys.of(leaf.did()).keys().contains(leaf.key())) {
        throw mismatch("a leaf whose key never spoke for its DID");
      }
    }
  }

  Optional<Integer> seat(Did did) {
    return leaves.entrySet().stream()
        .filter(entry -> entry.getValue().did().equals(did))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Leaf at(int index) {
    Leaf leaf = leaves.get(index);
    if (leaf == null) {
      throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, "nobody sits there");
    }
    return leaf;
  }

  List<Did> dids() {
    return leaves.values().stream().map(Leaf::did).sorted().toList();
  }

  static TalosException mismatch(String why) {
    return new TalosException(ErrorCode.A2A_GROUP_ROSTER_MISMATCH, why);
  }
}
