package io.talos.client.groups;

import static io.talos.client.groups.Given.hex;
import static io.talos.client.groups.Given.number;
import static io.talos.client.groups.Given.same;
import static io.talos.client.groups.Given.secret;
import static io.talos.client.groups.Given.suite;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.SecretBytes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.mls.GroupKeySet;
import org.bouncycastle.mls.KeyGeneration;
import org.bouncycastle.mls.KeyScheduleEpoch;
import org.bouncycastle.mls.KeyScheduleEpoch.JoinSecrets;
import org.bouncycastle.mls.KeyScheduleEpoch.PSKWithSecret;
import org.bouncycastle.mls.TranscriptHash;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeSize;
import org.bouncycastle.mls.codec.AuthenticatedContent;
import org.bouncycastle.mls.codec.ContentType;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.PreSharedKeyID;
import org.bouncycastle.mls.codec.Varint;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;

/** Labels, schedules and hashes. */
final class CryptoVectors {
  private CryptoVectors() {}

  static void basics(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    JsonObject ref = given.getJsonObject("ref_hash");
    same(suite.refHash(hex(ref, "value"), ref.getString("label")), ref, "out");
    JsonObject expand = given.getJsonObject("expand_with_label");
    same(
        secret(expand, "secret")
            .expandWithLabel(
                suite, expand.getString("label"), hex(expand, "context"), expand.getInt("length"))
            .value(),
        expand,
        "out");
    JsonObject derive = given.getJsonObject("derive_secret");
    same(
        secret(derive, "secret").deriveSecret(suite, derive.getString("label")).value(),
        derive,
        "out");
    JsonObject tree = given.getJsonObject("derive_tree_secret");
    same(
        secret(tree, "secret")
            .deriveTreeSecret(
                suite,
                tree.getString("label"),
                (int) number(tree, "generation"),
                tree.getInt("length"))
            .value(),
        tree,
        "out");
    sign(suite, given.getJsonObject("sign_with_label"));
    encrypt(suite, given.getJsonObject("encrypt_with_label"));
  }

  private static void sign(MlsCipherSuite suite, JsonObject sign) throws Exception {
    String label = sign.getString("label");
    byte[] content = hex(sign, "content");
    byte[] key = hex(sign, "pub");
    assertThat(suite.verifyWithLabel(key, label, content, hex(sign, "signature"))).isTrue();
    byte[] own = suite.signWithLabel(hex(sign, "priv"), label, content);
    assertThat(suite.verifyWithLabel(key, label, content, own)).isTrue();
    assertThat(suite.verifyWithLabel(key, label + "?", content, own)).isFalse();
  }

  private static void encrypt(MlsCipherSuite suite, JsonObject encrypt) throws Exception {
    String label = encrypt.getString("label");
    byte[] context = hex(encrypt, "context");
    byte[] key = hex(encrypt, "priv");
    same(
        suite.decryptWithLabel(
            key, label, context, hex(encrypt, "kem_output"), hex(encrypt, "ciphertext")),
        encrypt,
        "plaintext");
    byte[][] own =
        suite.encryptWithLabel(hex(encrypt, "pub"), label, context, hex(encrypt, "plaintext"));
    same(suite.decryptWithLabel(key, label, context, own[1], own[0]), encrypt, "plaintext");
  }

  static void deserialization(JsonObject given) throws Exception {
    Varint length = Given.decoded(hex(given, "vlbytes_header"), Varint.class);
    assertThat(length.value).isEqualTo(given.getInt("length"));
    same(MLSOutputStream.encode(length), given, "vlbytes_header");
  }

  static void keySchedule(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    Secret init = secret(given, "initial_init_secret");
    List<JsonObject> epochs = given.getJsonArray("epochs").getValuesAs(JsonObject.class);
    for (int number = 0; number < epochs.size(); number++) {
      JsonObject epoch = epochs.get(number);
      byte[] context =
          Given.context(
              suite,
              hex(given, "group_id"),
              number,
              hex(epoch, "tree_hash"),
              hex(epoch, "confirmed_transcript_hash"));
      same(context, epoch, "group_context");
      JoinSecrets join =
          JoinSecrets.forMember(
              suite, init, secret(epoch, "commit_secret"), secret(epoch, "psk_secret"), context);
      same(join.joinerSecret.value(), epoch, "joiner_secret");
      same(join.welcomeSecret.value(), epoch, "welcome_secret");
      KeyScheduleEpoch schedule = join.complete(TreeSize.forLeaves(1), context);
      secrets(suite, epoch, schedule);
      init = schedule.initSecret;
    }
  }

  private static void secrets(MlsCipherSuite suite, JsonObject epoch, KeyScheduleEpoch schedule)
      throws Exception {
    same(schedule.initSecret.value(), epoch, "init_secret");
    same(schedule.senderDataSecret.value(), epoch, "sender_data_secret");
    same(schedule.encryptionSecret.value(), epoch, "encryption_secret");
    same(schedule.exporterSecret.value(), epoch, "exporter_secret");
    same(schedule.epochAuthenticator.value(), epoch, "epoch_authenticator");
    same(schedule.externalSecret.value(), epoch, "external_secret");
    same(schedule.confirmationKey.value(), epoch, "confirmation_key");
    same(schedule.membershipKey.value(), epoch, "membership_key");
    same(schedule.resumptionPSK.value(), epoch, "resumption_psk");
    same(
        suite.getHPKE().serializePublicKey(schedule.getExternalPublicKey()), epoch, "external_pub");
    JsonObject exporter = epoch.getJsonObject("exporter");
    same(
        schedule.MLSExporter(
            exporter.getString("label"), hex(exporter, "context"), exporter.getInt("length")),
        exporter,
        "secret");
  }

  static void pskSecret(JsonObject given) throws Exception {
    List<PSKWithSecret> psks = new ArrayList<>();
    for (JsonObject psk : given.getJsonArray("psks").getValuesAs(JsonObject.class)) {
      psks.add(
          new PSKWithSecret(
              PreSharedKeyID.external(hex(psk, "psk_id"), hex(psk, "psk_nonce")),
              secret(psk, "psk")));
    }
    same(JoinSecrets.pskSecret(suite(given), psks).value(), given, "psk_secret");
  }

  static void secretTree(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    JsonObject sender = given.getJsonObject("sender_data");
    KeyGeneration senderKeys =
        KeyScheduleEpoch.senderDataKeys(
            suite, hex(sender, "sender_data_secret"), hex(sender, "ciphertext"));
    same(senderKeys.key, sender, "key");
    same(senderKeys.nonce, sender, "nonce");
    JsonArray leaves = given.getJsonArray("leaves");
    TreeSize size = TreeSize.forLeaves(leaves.size());
    GroupKeySet keys = new GroupKeySet(suite, size, secret(given, "encryption_secret"));
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      for (JsonObject generation : leaves.getJsonArray(leaf).getValuesAs(JsonObject.class)) {
        key(keys, ContentType.APPLICATION, leaf, generation, "application");
        key(keys, ContentType.COMMIT, leaf, generation, "handshake");
      }
    }
    if (suite == Mls.SUITE) {
      ownKeys(given, leaves, size);
    }
  }

  /** The keys that stand in for the library's own give the same. */
  private static void ownKeys(JsonObject given, JsonArray leaves, TreeSize size) throws Exception {
    Set<Integer> senders =
        IntStream.range(0, leaves.size()).boxed().collect(Collectors.toUnmodifiableSet());
    MessageKeys keys =
        new MessageKeys(
            size, SecretBytes.of(hex(given, "encryption_secret")), senders, Cast.CHANCE);
    for (int leaf = leaves.size() - 1; leaf >= 0; leaf--) {
      for (JsonObject generation : leaves.getJsonArray(leaf).getValuesAs(JsonObject.class)) {
        key(keys, ContentType.APPLICATION, leaf, generation, "application");
      }
    }
  }

  private static void key(
      GroupKeySet keys, ContentType type, int leaf, JsonObject generation, String name)
      throws Exception {
    KeyGeneration key =
        keys.get(type, new LeafIndex(leaf), generation.getInt("generation"), new byte[4]);
    same(key.key, generation, name + "_key");
    same(key.nonce, generation, name + "_nonce");
  }

  static void transcriptHashes(JsonObject given) throws Exception {
    MlsCipherSuite suite = suite(given);
    AuthenticatedContent auth =
        Given.decoded(hex(given, "authenticated_content"), AuthenticatedContent.class);
    TranscriptHash hash =
        new TranscriptHash(suite, new byte[0], hex(given, "interim_transcript_hash_before"));
    hash.update(auth);
    same(hash.getConfirmed(), given, "confirmed_transcript_hash_after");
    same(hash.getInterim(), given, "interim_transcript_hash_after");
    // A MAC is HMAC, and so is extracting (RFC 9420 §8.1).
    assertThat(suite.getKDF().extract(hex(given, "confirmation_key"), hash.getConfirmed()))
        .isEqualTo(auth.getConfirmationTag());
  }
}
