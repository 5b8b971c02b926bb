package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.codec.AuthenticatedContent;
import org.bouncycastle.mls.codec.Commit;
import org.bouncycastle.mls.codec.ContentType;
import org.bouncycastle.mls.codec.FramedContent;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.ProposalOrRef;
import org.bouncycastle.mls.codec.ProposalOrRefType;
import org.bouncycastle.mls.codec.SenderType;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group.CommitParameters;

/**
 * One epoch of a group as a member sees it: the library's group, and who sits where. What a message
 * is worth is decided here; nothing here changes but the proposals that wait for a commit.
 *
 * <p>The library itself misses: that a reference names a proposal which was made, that an outsider
 * removes nobody but itself, and that whoever comes back from outside may keep its signature key.
 */
final class Epoch {
  private static final String REFERENCE = "MLS 1.0 Proposal Reference";

  private final org.bouncycastle.mls.protocol.Group mls;
  private final Roster roster;
  private final byte[] context;

  /**
   * What a genuine commit does.
   *
   * @param author who made it
   * @param returning the leaf that its author leaves behind, coming from outside
   * @param removedLeaves where those sit that it removes
   */
  record Effect(
      Did author,
      boolean external,
      Optional<Integer> returning,
      List<Did> added,
      List<Did> removed,
      List<Integer> removedLeaves) {}

  Epoch(org.bouncycastle.mls.protocol.Group mls, Roster roster) throws Exception {
    this.mls = mls;
    this.roster = roster;
    this.context = MLSOutputStream.encode(mls.getGroupInfo(false).groupInfo.getGroupContext());
  }

  org.bouncycastle.mls.protocol.Group mls() {
    return mls;
  }

  Roster roster() {
    return roster;
  }

  byte[] context() {
    return context.clone();
  }

  long number() {
    return mls.getEpoch();
  }

  /** The leaf that this member sits at. */
  int seat() {
    return mls.getIndex().value();
  }

  /**
   * The keys of this epoch's messages. The library's own copy is wiped, and with it every secret of
   * this and earlier epochs from which a message key could be derived again.
   */
  MessageKeys takeMessageKeys(Randomness randomness) throws Exception {
    Secret secret = mls.getKeySchedule().encryptionSecret;
    MessageKeys keys =
        new MessageKeys(
            mls.getTree().getSize(),
            SecretBytes.of(secret.value()),
            roster.leaves().keySet(),
            randomness);
    secret.consume();
    return keys;
  }

  /**
   * The content of a proposal or commit of this epoch that its author signed, and that a member
   * tagged where a member sent it.
   */
  AuthenticatedContent authenticated(Bytes message) throws Exception {
    AuthenticatedContent auth =
        Mls.read(message, Wire.Form.PUBLIC_MESSAGE)
            .publicMessage
            .unprotect(
                Mls.SUITE,
                mls.getKeySchedule().membershipKey,
                mls.getGroupInfo(false).groupInfo.getGroupContext());
    FramedContent content = auth.getContent();
    if (!Arrays.equals(content.getGroupID(), mls.getGroupID())
        || content.getEpoch() != number()
        || !auth.verify(Mls.SUITE, authorKey(content), context)) {
      throw invalid("of another group or epoch, or not signed by its author");
    }
    return auth;
  }

  private byte[] authorKey(FramedContent content) {
    if (content.getSender().getSenderType() == SenderType.MEMBER) {
      return roster.at(content.getSender().getSender().value()).key().toArray();
    }
    return pathLeaf(content).getSignatureKey();
  }

  private static LeafNode pathLeaf(FramedContent content) {
    if (content.getContentType() != ContentType.COMMIT
        || content.getCommit().getUpdatePath() == null) {
      throw invalid("somebody comes from outside without a leaf");
    }
    return content.getCommit().getUpdatePath().getLeafNode();
  }

  /** By which reference a commit takes up a proposal. */
  static Bytes reference(AuthenticatedContent proposal) throws Exception {
    return Bytes.of(Mls.SUITE.refHash(MLSOutputStream.encode(proposal), REFERENCE));
  }

  /** The leaf whose member proposes its own removal, which is all that anybody may propose. */
  int leaving(AuthenticatedContent auth) {
    FramedContent content = auth.getContent();
    if (content.getContentType() != ContentType.PROPOSAL
        || content.getSender().getSenderType() != SenderType.MEMBER
        || content.getProposal().getRemove() == null
        || !content.getProposal().getRemove().removed.equals(content.getSender().getSender())) {
      throw invalid("a proposal other than to leave");
    }
    return content.getSender().getSender().value();
  }

  /**
   * What a commit does.
   *
   * @param leaving who proposed to leave, by reference
   */
  Effect effect(AuthenticatedContent auth, Map<Bytes, Integer> leaving) {
    FramedContent content = auth.getContent();
    if (content.getContentType() != ContentType.COMMIT) {
      throw invalid("no commit");
    }
    boolean external = content.getSender().getSenderType() == SenderType.NEW_MEMBER_COMMIT;
    Did author =
        external
            ? Roster.Leaf.of(pathLeaf(content)).did()
            : roster.at(content.getSender().getSender().value()).did();
    List<Did> added = new ArrayList<>(external ? List.of(author) : List.of());
    List<Integer> removed = new ArrayList<>();
    Commit commit = content.getCommit();
    for (ProposalOrRef proposal : commit.getProposals()) {
      if (proposal.getType() == ProposalOrRefType.REFERENCE) {
        removed.add(leaver(leaving, Bytes.of(proposal.getReference())));
      } else {
        inline(proposal.getProposal(), added, removed, roster.leaves().size() == 1);
      }
    }
    List<Did> gone = removed.stream().map(leaf -> roster.at(leaf).did()).sorted().toList();
    if (external && !gone.isEmpty() && !gone.equals(List.of(author))) {
      throw invalid("somebody from outside removes another");
    }
    return new Effect(
        author,
        external,
        external ? removed.stream().findFirst() : Optional.empty(),
        added.stream().sorted().toList(),
        gone,
        List.copyOf(removed));
  }

  private static int leaver(Map<Bytes, Integer> leaving, Bytes reference) {
    Integer leaf = leaving.get(reference);
    if (leaf == null) {
      throw invalid("a reference to a proposal that nobody made");
    }
    return leaf;
  }

  private static void inline(
      Proposal proposal, List<Did> added, List<Integer> removed, boolean alone) {
    switch (proposal.getProposalType()) {
      case ADD -> added.add(Roster.Leaf.of(proposal.getAdd().keyPackage.getLeafNode()).did());
      case REMOVE -> removed.add(proposal.getRemove().removed.value());
      case EXTERNAL_INIT -> {}
      case PSK -> {
        if (!alone) {
          throw invalid("a pre-shared key in company");
        }
      }
      default -> throw invalid("a proposal that Talos groups do not use");
    }
  }

  /**
   * The group after a commit; this epoch stays as it is.
   *
   * @param effect what the commit does
   */
  org.bouncycastle.mls.protocol.Group after(Bytes commit, Effect effect) throws Exception {
    CommitParameters kind =
        new CommitParameters(
            effect.external()
                ? org.bouncycastle.mls.protocol.Group.EXTERNAL_COMMIT_PARAMS
                : org.bouncycastle.mls.protocol.Group.NORMAL_COMMIT_PARAMS);
    if (effect.returning().isEmpty()) {
      return mls.handle(commit.toArray(), null, kind);
    }
    // The library wants signature keys to be unique before the commit too, where the leaf that goes
    // with it still holds the same key. Its key is another one while the library looks; the copy
    // that the library makes of the tree loses the leaf at once.
    byte[] key =
        mls.getTree().getLeafNode(new LeafIndex(effect.returning().get())).getSignatureKey();
    key[0] ^= 1;
    try {
      return mls.handle(commit.toArray(), null, kind);
    } finally {
      key[0] ^= 1;
    }
  }

  static TalosException invalid(String why) {
    return new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, why);
  }
}
