package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.PreSharedKeyID;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group.CommitOptions;
import org.bouncycastle.mls.protocol.Group.CommitParameters;
import org.bouncycastle.mls.protocol.Group.GroupWithMessage;
import org.bouncycastle.mls.protocol.Group.LeafNodeOptions;
import org.bouncycastle.mls.protocol.Group.MessageOptions;

/**
 * A commit that this member made, and the group as it is should the commit be taken. Every one has
 * a path, so that every commit heals.
 */
record OwnCommit(PreparedCommit commit, org.bouncycastle.mls.protocol.Group next) {
  private static final int SECRET = 32;

  static OwnCommit make(
      Epoch epoch, List<Proposal> proposals, List<Did> added, List<Did> gone, Randomness randomness)
      throws Exception {
    boolean alone = epoch.roster().leaves().size() == 1 && added.isEmpty();
    GroupWithMessage made =
        epoch
            .mls()
            .commit(
                new Secret(randomness.bytes(SECRET).toArray()),
                new CommitOptions(
                    alone ? List.of(freshSecret(epoch, randomness)) : proposals,
                    true,
                    !alone,
                    new LeafNodeOptions()),
                plain(),
                new CommitParameters(org.bouncycastle.mls.protocol.Group.NORMAL_COMMIT_PARAMS));
    return new OwnCommit(
        new PreparedCommit(
            epoch.number(),
            Mls.bytes(made.message),
            added.isEmpty() ? Optional.empty() : Optional.of(welcome(made)),
            Mls.bytes(made.group.getGroupInfo(true)),
            added,
            gone,
            false),
        made.group);
  }

  /**
   * What refreshes a group of one, for which the library cannot make a path: a secret of its own.
   */
  private static Proposal freshSecret(Epoch epoch, Randomness randomness) throws IOException {
    byte[] id = Bytes.utf8("talos.alone").toArray();
    epoch.mls().insertExternalPsk(new Secret(id), randomness.bytes(SECRET).toArray());
    return Proposal.preSharedKey(PreSharedKeyID.external(id, randomness.bytes(SECRET).toArray()));
  }

  private static Bytes welcome(GroupWithMessage made) throws IOException {
    MLSMessage message = Mls.message(WireFormat.mls_welcome);
    message.welcome = made.message.welcome;
    return Mls.bytes(message);
  }

  /** Proposals and commits are public messages. */
  static MessageOptions plain() {
    return new MessageOptions(false, new byte[0], 0);
  }
}
