package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.HexFormat;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.codec.GroupContext;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;

/** Reads the vectors. */
final class Given {
  private Given() {}

  static byte[] hex(JsonObject given, String member) {
    return HexFormat.of().parseHex(given.getString(member));
  }

  static Secret secret(JsonObject given, String member) {
    return new Secret(hex(given, member));
  }

  static long number(JsonObject given, String member) {
    return given.getJsonNumber(member).bigIntegerValue().longValue();
  }

  static int number(JsonNumber number) {
    return number.bigIntegerValue().intValue();
  }

  static MlsCipherSuite suite(JsonObject given) throws Exception {
    return MlsCipherSuite.getSuite((short) given.getInt("cipher_suite"));
  }

  static void same(byte[] actual, JsonObject given, String member) {
    assertThat(HexFormat.of().formatHex(actual)).as(member).isEqualTo(given.getString(member));
  }

  static MLSMessage message(JsonObject given, String member) throws Exception {
    return decoded(hex(given, member), MLSMessage.class);
  }

  static <T> T decoded(byte[] bytes, Class<T> type) throws Exception {
    return type.cast(MLSInputStream.decode(bytes, type));
  }

  static TreeKEMPublicKey tree(byte[] bytes, MlsCipherSuite suite) throws Exception {
    TreeKEMPublicKey tree = decoded(bytes, TreeKEMPublicKey.class);
    tree.setSuite(suite);
    tree.setHashAll();
    return tree;
  }

  static byte[] context(
      MlsCipherSuite suite, byte[] group, long epoch, byte[] treeHash, byte[] transcriptHash)
      throws Exception {
    return MLSOutputStream.encode(contextOf(suite, group, epoch, treeHash, transcriptHash));
  }

  static GroupContext contextOf(
      MlsCipherSuite suite, byte[] group, long epoch, byte[] treeHash, byte[] transcriptHash) {
    return new GroupContext(
        suite, group, epoch, treeHash, transcriptHash, new java.util.ArrayList<>());
  }
}
