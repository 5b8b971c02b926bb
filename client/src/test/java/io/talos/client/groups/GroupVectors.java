package io.talos.client.groups;

import static io.talos.client.groups.Given.hex;
import static io.talos.client.groups.Given.message;
import static io.talos.client.groups.Given.number;
import static io.talos.client.groups.Given.same;
import static io.talos.client.groups.Given.suite;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.mls.GroupKeySet;
import org.bouncycastle.mls.KeyScheduleEpoch;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.TreeSize;
import org.bouncycastle.mls.codec.AuthenticatedContent;
import org.bouncycastle.mls.codec.Commit;
import org.bouncycastle.mls.codec.ContentType;
import org.bouncycastle.mls.codec.FramedContent;
import org.bouncycastle.mls.codec.GroupContext;
import org.bouncycastle.mls.codec.GroupInfo;
import org.bouncycastle.mls.codec.GroupSecrets;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.PrivateMessage;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.PublicMessage;
import org.bouncycastle.mls.codec.Sender;
import org.bouncycastle.mls.codec.Welcome;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;

/** Messages, and groups that a client only follows. */
final class GroupVectors {
  private static final Map<String, Class<?>> MESSAGES =
      Map.ofEntries(
          Map.entry("mls_welcome", MLSMessage.class),
          Map.entry("mls_group_info", MLSMessage.class),
          Map.entry("mls_key_package", MLSMessage.class),
          Map.entry("ratchet_tree", TreeKEMPublicKey.class),
          Map.entry("group_secrets", GroupSecrets.class),
          Map.entry("add_proposal", Proposal.Add.class),
          Map.entry("update_proposal", Proposal.Update.class),
          Map.entry("remove_proposal", Proposal.Remove.class),
          Map.entry("pre_shared_key_proposal", Proposal.PreSharedKey.class),
          Map.entry("re_init_proposal", Proposal.ReInit.class),
          Map.entry("external_init_proposal", Proposal.ExternalInit.class),
          Map.entry("group_context_extensions_proposal", Proposal.GroupContextExtensions.class),
          Map.entry("commit", Commit.class),
          Map.entry("public_message_application", MLSMessage.class),
          Map.entry("public_message_proposal", MLSMessage.class),
          Map.entry("public_message_commit", MLSMessage.class),
          Map.entry("private_message", MLSMessage.class));

  private static final int P521_SUITE = 5;
  private static final int P521_SCALAR = 66;

  private GroupVectors() {}

  static void messages(JsonObject given) throws Exception {
    assertThat(MESSAGES.keySet()).isEqualTo(given.keySet());
    for (String name : given.keySet()) {
      Class<?> type = java.util.Objects.requireNonNull(MESSAGES.get(name));
      same(MLSOutputStream.encode(Given.decoded(hex(given, name), type)), given, name);
    }
  }

  static void protection(JsonObject given) throws Exception {
    for (String content : List.of("proposal", "commit", "application")) {
      AuthenticatedContent hidden = opened(given, message(given, content + "_priv").privateMessage);
      genuine(given, hidden, content);
      genuine(given, opened(given, hidden(given, signed(given, content, true))), content);
      if (!content.equals("application")) {
        genuine(given, read(given, message(given, content + "_pub").publicMessage), content);
        PublicMessage own =
            PublicMessage.protect(
                signed(given, content, false),
                suite(given),
                hex(given, "membership_key"),
                MLSOutputStream.encode(context(given)));
        genuine(given, read(given, own), content);
      }
    }
  }

  private static GroupContext context(JsonObject given) throws Exception {
    return Given.contextOf(
        suite(given),
        hex(given, "group_id"),
        number(given, "epoch"),
        hex(given, "tree_hash"),
        hex(given, "confirmed_transcript_hash"));
  }

  private static GroupKeySet keys(JsonObject given) throws Exception {
    return new GroupKeySet(
        suite(given), TreeSize.forLeaves(2), Given.secret(given, "encryption_secret"));
  }

  private static AuthenticatedContent opened(JsonObject given, PrivateMessage message)
      throws Exception {
    return message.unprotect(suite(given), keys(given), hex(given, "sender_data_secret"));
  }

  private static PrivateMessage hidden(JsonObject given, AuthenticatedContent content)
      throws Exception {
    return PrivateMessage.protect(
        content, suite(given), keys(given), hex(given, "sender_data_secret"), 10);
  }

  private static AuthenticatedContent read(JsonObject given, PublicMessage message)
      throws Exception {
    return message.unprotect(suite(given), Given.secret(given, "membership_key"), context(given));
  }

  private static AuthenticatedContent signed(JsonObject given, String content, boolean hidden)
      throws Exception {
    AuthenticatedContent signed =
        AuthenticatedContent.sign(
            hidden ? WireFormat.mls_private_message : WireFormat.mls_public_message,
            FramedContent.rawContent(
                hex(given, "group_id"),
                number(given, "epoch"),
                Sender.forMember(new LeafIndex(1)),
                new byte[0],
                ContentType.valueOf(content.toUpperCase(java.util.Locale.ROOT)),
                hex(given, content)),
            suite(given),
            hex(given, "signature_priv"),
            MLSOutputStream.encode(context(given)));
    if (content.equals("commit")) {
      signed.setConfirmationTag(new byte[suite(given).getKDF().getHashLength()]);
    }
    return signed;
  }

  private static void genuine(JsonObject given, AuthenticatedContent auth, String content)
      throws Exception {
    assertThat(
            auth.verify(
                suite(given), hex(given, "signature_pub"), MLSOutputStream.encode(context(given))))
        .isTrue();
    FramedContent framed = auth.getContent();
    same(
        switch (framed.getContentType()) {
          case APPLICATION -> framed.getContentBytes();
          case PROPOSAL -> MLSOutputStream.encode(framed.getProposal());
          case COMMIT -> MLSOutputStream.encode(framed.getCommit());
          default -> throw new AssertionError("no content");
        },
        given,
        content);
  }

  static void welcome(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    Welcome welcome = message(given, "welcome").welcome;
    int place = welcome.find(message(given, "key_package").keyPackage);
    GroupSecrets secrets = welcome.decryptSecrets(place, hex(given, "init_priv"));
    GroupInfo info = welcome.decrypt(secrets.joiner_secret, List.of());
    assertThat(info.verify(suite, hex(given, "signer_pub"))).isTrue();
    GroupContext context = info.getGroupContext();
    assertThat(
            KeyScheduleEpoch.joiner(
                    suite, secrets.joiner_secret, List.of(), MLSOutputStream.encode(context))
                .confirmationTag(context.getConfirmedTranscriptHash()))
        .isEqualTo(info.getConfirmationTag());
  }

  /**
   * A private key at its full width (RFC 9180 §7.1.2); the vectors leave leading zeros of P-521
   * scalars out.
   */
  private static byte[] scalar(JsonObject given, String member) {
    byte[] key = hex(given, member);
    int width = given.getInt("cipher_suite") == P521_SUITE ? P521_SCALAR : key.length;
    byte[] padded = new byte[width];
    System.arraycopy(key, 0, padded, width - key.length, key.length);
    return padded;
  }

  static void passiveClient(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    Map<Secret, byte[]> psks = new HashMap<>();
    for (JsonObject psk : given.getJsonArray("external_psks").getValuesAs(JsonObject.class)) {
      psks.put(Given.secret(psk, "psk_id"), hex(psk, "psk"));
    }
    org.bouncycastle.mls.protocol.Group group =
        new org.bouncycastle.mls.protocol.Group(
            scalar(given, "init_priv"),
            suite.getHPKE().deserializePrivateKey(scalar(given, "encryption_priv"), null),
            hex(given, "signature_priv"),
            message(given, "key_package").keyPackage,
            message(given, "welcome").welcome,
            given.isNull("ratchet_tree") ? null : Given.tree(hex(given, "ratchet_tree"), suite),
            psks,
            Map.of());
    same(group.getEpochAuthenticator(), given, "initial_epoch_authenticator");
    for (JsonObject epoch : given.getJsonArray("epochs").getValuesAs(JsonObject.class)) {
      for (JsonString proposal : epoch.getJsonArray("proposals").getValuesAs(JsonString.class)) {
        group.handle(HexFormat.of().parseHex(proposal.getString()), null);
      }
      group = group.handle(hex(epoch, "commit"), null);
      same(group.getEpochAuthenticator(), epoch, "epoch_authenticator");
    }
  }
}
