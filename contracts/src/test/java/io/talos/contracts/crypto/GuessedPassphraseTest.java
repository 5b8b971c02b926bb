package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** Mallory copied a sealed file and guesses passphrases. */
class GuessedPassphraseTest {
  private static final SecretBytes PASSWORD = SecretBytes.utf8("password-of-the-store");

  private static byte[] repeated(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** RFC 9106 §5.3. */
  @Test
  void a_guess_costs_what_the_standard_says_because_it_is_the_standards_function() {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(repeated(16, 2))
            .withSecret(repeated(8, 3))
            .withAdditional(repeated(12, 4))
            .build();

    SecretBytes tag = Argon2id.run(parameters, SecretBytes.of(repeated(32, 1)), 32);

    assertThat(Bytes.of(tag.reveal()).hex())
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void another_salt_or_another_passphrase_is_another_key() {
    Argon2id.Cost least = new Argon2id.Cost(Argon2id.Cost.MEMORY_KIBIBYTES_MIN, 2, 1);
    Bytes salt = Bytes.of(repeated(16, 7));

    SecretBytes key = Argon2id.derive(PASSWORD, salt, least, 32);

    assertThat(Argon2id.derive(PASSWORD, salt, least, 32)).isEqualTo(key);
    assertThat(Argon2id.derive(PASSWORD, Bytes.of(repeated(16, 8)), least, 32)).isNotEqualTo(key);
    assertThat(Argon2id.derive(SecretBytes.utf8("password"), salt, least, 32)).isNotEqualTo(key);
  }

  @Test
  void a_file_cannot_ask_for_a_cheap_guess_or_for_more_than_the_machine_has() {
    assertThatThrownBy(() -> new Argon2id.Cost(Argon2id.Cost.MEMORY_KIBIBYTES_MIN - 1, 3, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2id.Cost(Argon2id.Cost.MEMORY_KIBIBYTES_MAX + 1, 3, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2id.Cost(65536, 1, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2id.Cost(65536, 17, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2id.Cost(65536, 3, 17))
        .isInstanceOf(IllegalArgumentException.class);
    Argon2id.Cost usual = Argon2id.Cost.recommended();
    assertThatThrownBy(() -> Argon2id.derive(PASSWORD, Bytes.of(new byte[15]), usual, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Bytes store(int keySize) throws Exception {
    char[] password = "password-of-the-store".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setEntry(
        "agent",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(repeated(keySize, 5), "AES")),
        new KeyStore.PasswordProtection(password));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return Bytes.of(out.toByteArray());
  }

  private static ErrorCode refusal(Bytes store, SecretBytes password, String alias) {
    try {
      KeyStoreKey.read(store, password, alias);
      throw new AssertionError("read");
    } catch (TalosException e) {
      return e.code();
    }
  }

  @Test
  void a_key_store_gives_its_key_to_its_password_only() throws Exception {
    Bytes store = store(32);

    assertThat(KeyStoreKey.read(store, PASSWORD, "agent"))
        .isEqualTo(SecretBytes.of(repeated(32, 5)));
    assertThat(refusal(store, SecretBytes.utf8("guess"), "agent"))
        .isEqualTo(ErrorCode.DECRYPT_FAILED);
    assertThat(refusal(Bytes.utf8("no store"), PASSWORD, "agent"))
        .isEqualTo(ErrorCode.DECRYPT_FAILED);
    assertThat(refusal(store, PASSWORD, "other")).isEqualTo(ErrorCode.KEY_INVALID);
    assertThat(refusal(store(16), PASSWORD, "agent")).isEqualTo(ErrorCode.KEY_INVALID);
  }
}
