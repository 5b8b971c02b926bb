package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.conformance.ConformanceFolder;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's edge cases for every primitive that the crypto package offers: all groups,
 * all cases. Sizes that the package does not offer go through its general form, and what it does
 * offer must say the same.
 */
class WycheproofConformanceTest {
  private static final Map<String, Primitive> PRIMITIVES =
      Map.of(
          "ed25519_test", WycheproofConformanceTest::ed25519,
          "x25519_test", WycheproofConformanceTest::x25519,
          "hkdf_sha256_test", WycheproofConformanceTest::hkdf,
          "hmac_sha256_test", WycheproofConformanceTest::hmac,
          "chacha20_poly1305_test", (g, t) -> aead(Aead.CHACHA20_POLY1305, g, t),
          "aes_gcm_test", (g, t) -> aead(Aead.AES_256_GCM, g, t),
          "mlkem_768_test", WycheproofConformanceTest::mlkem);

  private enum Answer {
    /** The computation went through and gave the expected value. */
    AGREES,
    /** Our code refused. */
    REFUSES,
    /** The computation went through and gave another value. */
    DIFFERS
  }

  private interface Primitive {
    Answer answer(JsonObject group, JsonObject test);
  }

  @Test
  void every_case_of_every_offered_primitive_is_answered_as_wycheproof_says() throws IOException {
    Path folder = ConformanceFolder.require("wycheproof");
    List<String> wrong = new ArrayList<>();
    int executed = 0;

    for (Map.Entry<String, Primitive> entry : new TreeMap<>(PRIMITIVES).entrySet()) {
      JsonObject file = ConformanceFolder.read(folder.resolve(entry.getKey() + ".json"));
      executed += run(entry.getKey(), entry.getValue(), file, wrong);
    }

    System.out.println("wycheproof executed " + executed);
    assertThat(wrong).isEmpty();
    assertThat(executed).isPositive();
    assertThat(names(folder)).isEqualTo(PRIMITIVES.keySet());
  }

  private static int run(String name, Primitive primitive, JsonObject file, List<String> wrong) {
    Map<Answer, Integer> counts = new TreeMap<>();
    List<JsonObject> groups = file.getJsonArray("testGroups").getValuesAs(JsonObject.class);
    int total = 0;
    for (JsonObject group : groups) {
      List<JsonObject> tests = group.getJsonArray("tests").getValuesAs(JsonObject.class);
      assertThat(tests).as("a group of %s", name).isNotEmpty();
      for (JsonObject test : tests) {
        total++;
        Answer answer = primitive.answer(group, test);
        counts.merge(answer, 1, Integer::sum);
        if (!fits(test, answer)) {
          wrong.add(name + " " + test.getInt("tcId") + " " + answer + ": " + test);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "wycheproof %-24s %2d groups, %3d cases: %s%n",
        name,
        groups.size(),
        total,
        counts);
    assertThat(total).as(name).isEqualTo(file.getInt("numberOfTests"));
    return total;
  }

  private static boolean fits(JsonObject test, Answer answer) {
    return switch (test.getString("result")) {
      case "valid" -> answer == Answer.AGREES;
      case "invalid" -> answer == Answer.REFUSES;
      // Only X25519 has these. RFC 7748 §6.1 allows to refuse the all-zero secret, and we do.
      case "acceptable" ->
          answer == (hasFlag(test, "ZeroSharedSecret") ? Answer.REFUSES : Answer.AGREES);
      default -> throw new AssertionError("an unknown result: " + test);
    };
  }

  private static boolean hasFlag(JsonObject test, String flag) {
    return test.getJsonArray("flags").contains(Json.createValue(flag));
  }

  /**
   * Wycheproof has no valid signature under a key of small order or of mixed order, so our stricter
   * rule for keys contradicts none of its cases.
   */
  private static Answer ed25519(JsonObject group, JsonObject test) {
    Bytes key = Hex.decode(group.getJsonObject("publicKey").getString("pk"));
    return Ed25519.verify(key, bytes(test, "msg"), bytes(test, "sig"))
        ? Answer.AGREES
        : Answer.REFUSES;
  }

  private static Answer x25519(JsonObject group, JsonObject test) {
    try (SecretBytes shared = X25519.agree(secret(test, "private"), bytes(test, "public"))) {
      return agree(shared.equals(secret(test, "shared")));
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RATCHET_INVALID_DH_KEY);
      return Answer.REFUSES;
    }
  }

  /** The file gives seeds; where it names the encapsulation key, ours must be the same. */
  private static Answer mlkem(JsonObject group, JsonObject test) {
    MlKem768.KeyPair pair;
    try {
      pair = MlKem768.fromSeed(secret(test, "seed"));
    } catch (IllegalArgumentException e) {
      return Answer.REFUSES;
    }
    if (test.containsKey("ek")) {
      assertThat(pair.publicKey()).isEqualTo(bytes(test, "ek"));
    }
    try (SecretBytes shared = MlKem768.decapsulate(pair, bytes(test, "c"))) {
      return agree(shared.equals(secret(test, "K")));
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
      return Answer.REFUSES;
    }
  }

  private static Answer hkdf(JsonObject group, JsonObject test) {
    int size = test.getInt("size");
    if (size > Hkdf.SIZE_MAX) {
      return refuses(() -> derive(test, size));
    }
    return agree(derive(test, size).equals(secret(test, "okm")));
  }

  private static SecretBytes derive(JsonObject test, int size) {
    return Hkdf.derive(secret(test, "ikm"), bytes(test, "salt"), bytes(test, "info"), size);
  }

  private static Answer hmac(JsonObject group, JsonObject test) {
    int size = group.getInt("tagSize") / Byte.SIZE;
    SecretBytes key = secret(test, "key");
    Bytes tag = bytes(test, "tag");
    boolean right = HmacSha256.verify(key, bytes(test, "msg"), tag, size);
    if (size == Sha256.SIZE) {
      assertThat(HmacSha256.verify(key, bytes(test, "msg"), tag)).isEqualTo(right);
    }
    return right ? Answer.AGREES : Answer.REFUSES;
  }

  private static Answer aead(Aead aead, JsonObject group, JsonObject test) {
    int tagSize = group.getInt("tagSize") / Byte.SIZE;
    Answer general = general(aead, tagSize, test);
    if (group.getInt("keySize") == Aead.KEY_SIZE * Byte.SIZE && tagSize == Aead.TAG_SIZE) {
      boolean ours = group.getInt("ivSize") == Aead.NONCE_SIZE * Byte.SIZE;
      assertThat(offered(aead, test)).isEqualTo(ours ? general : Answer.REFUSES);
    }
    return general;
  }

  /** Every size that the standard knows. */
  private static Answer general(Aead aead, int tagSize, JsonObject test) {
    SecretBytes key = secret(test, "key");
    Bytes nonce = bytes(test, "iv");
    Bytes data = bytes(test, "aad");
    byte[] sealed = sealed(test).toArray();
    try {
      byte[] opened = aead.run(Cipher.DECRYPT_MODE, key, nonce, data, tagSize, sealed);
      byte[] again = aead.run(Cipher.ENCRYPT_MODE, key, nonce, data, tagSize, opened);
      return agree(Bytes.of(opened).equals(bytes(test, "msg")) && Arrays.equals(again, sealed));
    } catch (AEADBadTagException | InvalidAlgorithmParameterException e) {
      return Answer.REFUSES;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(test.toString(), e);
    }
  }

  /** What Talos offers: one size of each. */
  private static Answer offered(Aead aead, JsonObject test) {
    SecretBytes key = secret(test, "key");
    Bytes nonce = bytes(test, "iv");
    Bytes data = bytes(test, "aad");
    try {
      Bytes opened = aead.open(key, nonce, data, sealed(test));
      return agree(
          opened.equals(bytes(test, "msg"))
              && aead.seal(key, nonce, data, opened).equals(sealed(test)));
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DECRYPT_FAILED);
      return nonce.size() == Aead.NONCE_SIZE
          ? Answer.REFUSES
          : refuses(() -> aead.seal(key, nonce, data, bytes(test, "msg")));
    }
  }

  private static Bytes sealed(JsonObject test) {
    return bytes(test, "ct").concat(bytes(test, "tag"));
  }

  /** What a caller must not even ask for is refused as a bug. */
  private static Answer refuses(Runnable action) {
    try {
      action.run();
      return Answer.DIFFERS;
    } catch (IllegalArgumentException e) {
      return Answer.REFUSES;
    }
  }

  private static Answer agree(boolean equal) {
    return equal ? Answer.AGREES : Answer.DIFFERS;
  }

  private static Bytes bytes(JsonObject test, String member) {
    return Hex.decode(test.getString(member));
  }

  private static SecretBytes secret(JsonObject test, String member) {
    return SecretBytes.of(bytes(test, member).toArray());
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
