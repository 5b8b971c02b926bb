package io.talos.client.groups;

import static io.talos.client.groups.Given.hex;
import static io.talos.client.groups.Given.number;
import static io.talos.client.groups.Given.same;
import static io.talos.client.groups.Given.suite;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LeafNodeSource;
import org.bouncycastle.mls.TreeKEM.NodeIndex;
import org.bouncycastle.mls.TreeKEM.TreeKEMPrivateKey;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.TreeSize;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.UpdatePath;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group.LeafNodeOptions;

/** The ratchet tree. */
final class TreeVectors {
  private TreeVectors() {}

  static void math(JsonObject given) {
    TreeSize size = TreeSize.forLeaves(number(given, "n_leaves"));
    assertThat(size.width()).isEqualTo(number(given, "n_nodes"));
    assertThat(NodeIndex.root(size).value()).isEqualTo(number(given, "root"));
    relatives(given, "left", NodeIndex::left);
    relatives(given, "right", NodeIndex::right);
    relatives(given, "parent", NodeIndex::parent);
    relatives(given, "sibling", NodeIndex::sibling);
  }

  private static void relatives(
      JsonObject given, String member, Function<NodeIndex, NodeIndex> relative) {
    JsonArray expected = given.getJsonArray(member);
    for (int node = 0; node < expected.size(); node++) {
      // Where a node has none, the library is not asked either.
      if (expected.get(node) instanceof JsonNumber number) {
        assertThat(relative.apply(new NodeIndex(node)).value())
            .as(member + " of " + node)
            .isEqualTo(number.longValue());
      }
    }
  }

  static void operations(JsonObject given) throws Exception {
    TreeKEMPublicKey tree = Given.tree(hex(given, "tree_before"), suite(given));
    same(tree.getRootHash(), given, "tree_hash_before");
    Proposal proposal = Given.decoded(hex(given, "proposal"), Proposal.class);
    switch (proposal.getProposalType()) {
      case ADD -> tree.addLeaf(proposal.getLeafNode());
      case UPDATE ->
          tree.updateLeaf(
              new LeafIndex(given.getInt("proposal_sender")), proposal.getUpdate().getLeafNode());
      case REMOVE -> {
        tree.blankPath(proposal.getRemove().removed);
        tree.truncate();
      }
      default -> throw new AssertionError("an operation that changes no tree");
    }
    tree.setHashAll();
    same(MLSOutputStream.encode(tree), given, "tree_after");
    same(tree.getRootHash(), given, "tree_hash_after");
  }

  static void validation(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    TreeKEMPublicKey tree = Given.tree(hex(given, "tree"), suite);
    List<JsonString> hashes = given.getJsonArray("tree_hashes").getValuesAs(JsonString.class);
    List<JsonArray> resolutions = given.getJsonArray("resolutions").getValuesAs(JsonArray.class);
    for (int node = 0; node < hashes.size(); node++) {
      assertThat(HexFormat.of().formatHex(tree.getHash(new NodeIndex(node))))
          .isEqualTo(hashes.get(node).getString());
      assertThat(tree.resolve(new NodeIndex(node)).stream().map(NodeIndex::value).toList())
          .isEqualTo(
              resolutions.get(node).getValuesAs(JsonNumber.class).stream()
                  .map(JsonNumber::longValue)
                  .toList());
    }
    assertThat(tree.verifyParentHash()).isTrue();
    leaves(tree)
        .forEach(
            (index, leaf) ->
                assertThat(signed(suite, hex(given, "group_id"), index, leaf)).isTrue());
  }

  private static boolean signed(MlsCipherSuite suite, byte[] group, int index, LeafNode leaf) {
    try {
      boolean published = leaf.getSource() == LeafNodeSource.KEY_PACKAGE;
      return leaf.verify(
          suite, published ? leaf.toBeSigned(new byte[0], -1) : leaf.toBeSigned(group, index));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<Integer, LeafNode> leaves(TreeKEMPublicKey tree) {
    Map<Integer, LeafNode> leaves = new HashMap<>();
    for (int i = 0; i < tree.getSize().leafCount(); i++) {
      LeafNode leaf = tree.getLeafNode(new LeafIndex(i));
      if (leaf != null) {
        leaves.put(i, leaf);
      }
    }
    return leaves;
  }

  static void treeKem(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    Map<Integer, JsonObject> members = new HashMap<>();
    for (JsonObject leaf : given.getJsonArray("leaves_private").getValuesAs(JsonObject.class)) {
      members.put(leaf.getInt("index"), leaf);
      assertThat(member(suite, leaf).consistent(Given.tree(hex(given, "ratchet_tree"), suite)))
          .isTrue();
    }
    for (JsonObject update : given.getJsonArray("update_paths").getValuesAs(JsonObject.class)) {
      received(given, suite, members, update);
      made(given, suite, members, update.getInt("sender"));
    }
  }

  private static TreeKEMPrivateKey member(MlsCipherSuite suite, JsonObject leaf) {
    LeafIndex index = new LeafIndex(leaf.getInt("index"));
    TreeKEMPrivateKey member =
        TreeKEMPrivateKey.solo(
            suite,
            index,
            suite.getHPKE().deserializePrivateKey(hex(leaf, "encryption_priv"), null));
    for (JsonObject secret : leaf.getJsonArray("path_secrets").getValuesAs(JsonObject.class)) {
      member.insertPathSecret(
          new NodeIndex(secret.getInt("node")), Given.secret(secret, "path_secret"));
    }
    return member;
  }

  private static void received(
      JsonObject given, MlsCipherSuite suite, Map<Integer, JsonObject> members, JsonObject update)
      throws Exception {
    LeafIndex sender = new LeafIndex(update.getInt("sender"));
    UpdatePath path = Given.decoded(hex(update, "update_path"), UpdatePath.class);
    TreeKEMPublicKey tree = Given.tree(hex(given, "ratchet_tree"), suite);
    assertThat(tree.verifyParentHash(sender, path)).isTrue();
    tree.merge(sender, path);
    tree.setHashAll();
    same(tree.getRootHash(), update, "tree_hash_after");
    JsonArray pathSecrets = update.getJsonArray("path_secrets");
    for (Map.Entry<Integer, JsonObject> member : members.entrySet()) {
      if (member.getKey() != sender.value()) {
        TreeKEMPrivateKey keys = member(suite, member.getValue());
        keys.decap(sender, tree, context(given, suite, tree), path, List.of());
        same(keys.getUpdateSecret().value(), update, "commit_secret");
        assertThat(pathSecrets.get(member.getKey())).isNotEqualTo(JsonValue.NULL);
        assertThat(HexFormat.of().formatHex(keys.getSharedPathSecret(sender).value()))
            .isEqualTo(pathSecrets.getString(member.getKey()));
      }
    }
  }

  private static void made(
      JsonObject given, MlsCipherSuite suite, Map<Integer, JsonObject> members, int sender)
      throws Exception {
    TreeKEMPublicKey tree = Given.tree(hex(given, "ratchet_tree"), suite);
    LeafIndex from = new LeafIndex(sender);
    TreeKEMPrivateKey own =
        tree.update(
            from,
            new Secret(Cast.CHANCE.bytes(suite.getKDF().getHashLength()).toArray()),
            hex(given, "group_id"),
            hex(java.util.Objects.requireNonNull(members.get(sender)), "signature_priv"),
            new LeafNodeOptions());
    byte[] context = context(given, suite, tree);
    UpdatePath path = tree.encap(own, context, List.of());
    for (Map.Entry<Integer, JsonObject> member : members.entrySet()) {
      if (member.getKey() != sender) {
        TreeKEMPrivateKey keys = member(suite, member.getValue());
        keys.decap(from, tree, context, path, List.of());
        assertThat(keys.getUpdateSecret().value()).isEqualTo(own.getUpdateSecret().value());
      }
    }
  }

  private static byte[] context(JsonObject given, MlsCipherSuite suite, TreeKEMPublicKey tree)
      throws Exception {
    return Given.context(
        suite,
        hex(given, "group_id"),
        number(given, "epoch"),
        tree.getRootHash(),
        hex(given, "confirmed_transcript_hash"));
  }
}
