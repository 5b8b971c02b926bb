package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.codec.Extension;
import org.bouncycastle.mls.codec.GroupInfo;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group.GroupWithMessage;

/**
 * A commit by which an agent enters a group from outside: invited, or coming back after its state
 * was lost, in which case its former leaf goes. It becomes a member when the group takes the
 * commit.
 *
 * <p>Source: RFC 9420 §12.4.3.2.
 */
public final class OutsideJoin {
  private final PreparedCommit commit;
  private final Group group;

  private OutsideJoin(PreparedCommit commit, Group group) {
    this.commit = commit;
    this.group = group;
  }

  /**
   * Prepares to enter.
   *
   * @param groupInfo what the group's last author published; everything in it is verified
   * @throws io.talos.contracts.error.TalosException as {@link Group}
   */
  public static OutsideJoin prepare(
      LeafOwner self,
      Bytes groupId,
      Bytes groupInfo,
      MemberKeys memberKeys,
      Randomness randomness,
      Instant now) {
    GroupInfo info =
        Mls.alone(
            "reading a group info", () -> Mls.read(groupInfo, Wire.Form.GROUP_INFO).groupInfo);
    Roster before = Mls.alone("verifying a group info", () -> verified(info, groupId));
    before.requireKnown(memberKeys);
    Optional<Integer> prior = before.seat(self.did());
    OwnKeyPackage own = OwnKeyPackage.generate(self, randomness, now);
    GroupWithMessage made =
        Mls.alone(
            "joining from outside",
            () ->
                org.bouncycastle.mls.protocol.Group.externalJoin(
                    new Secret(randomness.bytes(32).toArray()),
                    Mls.SUITE.deserializeSignaturePrivateKey(self.signing().seed().reveal()),
                    own.keyPackage(),
                    info,
                    null,
                    OwnCommit.plain(),
                    prior.map(LeafIndex::new).orElse(null),
                    Map.of()));
    Roster after = Roster.of(made.group.getTree());
    List<Did> removed = prior.isPresent() ? List.of(self.did()) : List.of();
    PreparedCommit commit =
        Mls.alone(
            "joining from outside",
            () ->
                new PreparedCommit(
                    info.getEpoch(),
                    Mls.bytes(made.message),
                    Optional.empty(),
                    Mls.bytes(made.group.getGroupInfo(true)),
                    List.of(self.did()),
                    removed,
                    true));
    requireOnlySelf(before, after, self);
    return new OutsideJoin(commit, Group.of(self, memberKeys, randomness, made.group, after));
  }

  private static Roster verified(GroupInfo info, Bytes groupId) throws Exception {
    TreeKEMPublicKey tree = null;
    for (Extension extension : info.getExtensions()) {
      if (tree == null) {
        tree = extension.getRatchetTree();
      }
    }
    if (tree == null
        || info.getSuite() != Mls.SUITE
        || !Bytes.of(info.getGroupID()).equals(groupId)) {
      throw Epoch.invalid("no tree, or another group or suite");
    }
    tree.setSuite(Mls.SUITE);
    if (!info.verify(Mls.SUITE, tree)) {
      throw Epoch.invalid("a group info that no member signed");
    }
    return Roster.whole(tree, groupId.toArray());
  }

  private static void requireOnlySelf(Roster before, Roster after, LeafOwner self) {
    Map<Integer, Roster.Leaf> others = new HashMap<>(after.leaves());
    Map<Integer, Roster.Leaf> known = new HashMap<>(before.leaves());
    others.values().removeIf(leaf -> leaf.did().equals(self.did()));
    known.values().removeIf(leaf -> leaf.did().equals(self.did()));
    if (!others.equals(known)) {
      throw Roster.mismatch("others moved");
    }
  }

  /** What the group must take. */
  public PreparedCommit commit() {
    return commit;
  }

  /** The member's state, for use once the group took {@link #commit}. */
  public Group taken() {
    return group;
  }
}
