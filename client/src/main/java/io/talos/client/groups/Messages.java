package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.codec.AuthenticatedContent;
import org.bouncycastle.mls.codec.FramedContent;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.PrivateMessage;
import org.bouncycastle.mls.codec.Sender;
import org.bouncycastle.mls.codec.WireFormat;

/**
 * Application messages of an epoch.
 *
 * <p>Source: RFC 9420 §6.3, §15.
 */
final class Messages {
  private Messages() {}

  static Bytes protect(Epoch epoch, MessageKeys keys, LeafOwner self, Bytes plaintext)
      throws Exception {
    FramedContent content =
        FramedContent.application(
            epoch.mls().getGroupID(),
            epoch.number(),
            Sender.forMember(new LeafIndex(epoch.seat())),
            new byte[0],
            plaintext.toArray());
    AuthenticatedContent signed =
        AuthenticatedContent.sign(
            WireFormat.mls_private_message,
            content,
            Mls.SUITE,
            self.signing().seed().reveal(),
            epoch.context());
    MLSMessage message = Mls.message(WireFormat.mls_private_message);
    message.privateMessage =
        PrivateMessage.protect(
            signed,
            Mls.SUITE,
            keys,
            epoch.mls().getKeySchedule().senderDataSecret.value(),
            padding(plaintext.size()));
    return Mls.bytes(message);
  }

  private static int padding(int size) {
    int padded = Limits.PADDED_BYTES_MIN;
    while (padded < size) {
      padded = Math.min(2 * padded, Limits.PLAINTEXT_BYTES_MAX);
    }
    return padded - size;
  }

  static Plaintext unprotect(Epoch epoch, MessageKeys keys, Bytes message) throws Exception {
    MLSMessage read = Mls.read(message, Wire.Form.PRIVATE_MESSAGE);
    AuthenticatedContent auth =
        read.privateMessage.unprotect(
            Mls.SUITE, keys, epoch.mls().getKeySchedule().senderDataSecret.value());
    if (auth == null
        || read.getEpoch() != epoch.number()
        || !Arrays.equals(auth.getContent().getGroupID(), epoch.mls().getGroupID())) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_MESSAGE_INVALID, "of another group, epoch or member");
    }
    Roster.Leaf sender = epoch.roster().at(auth.getContent().getSender().getSender().value());
    if (!auth.verify(Mls.SUITE, sender.key().toArray(), epoch.context())) {
      throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, "not signed by its sender");
    }
    return new Plaintext(
        sender.did(), epoch.number(), Bytes.of(auth.getContent().getContentBytes()));
  }
}
