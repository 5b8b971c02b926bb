package io.talos.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Mallory looks for two texts of the same bytes, or a text that costs much to read. */
class ForgedEncodingTest {
  private static final long SEED = 20261121;

  @Test
  void base58_gives_back_what_was_written_with_every_leading_zero() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      byte[] array = new byte[random.nextInt(Base58.BYTES_MAX + 1)];
      random.nextBytes(array);
      Arrays.fill(array, 0, random.nextInt(array.length + 1), (byte) 0);
      Bytes bytes = Bytes.of(array);

      String text = Base58.encode(bytes);

      assertThat(Base58.decode(text)).isEqualTo(bytes);
      assertThat(text.length()).isLessThanOrEqualTo(Base58.CHARACTERS_MAX);
    }
  }

  @Test
  void base58_has_one_text_for_all_bytes_that_it_reads() {
    Random random = new Random(SEED);
    String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }

      assertThat(Base58.encode(Base58.decode(text.toString()))).isEqualTo(text.toString());
    }
  }

  @Test
  void base58_knows_the_published_pairs() {
    // Source: draft-msporny-base58-03 §5.
    assertThat(Base58.encode(Bytes.utf8("Hello World!"))).isEqualTo("2NEpo7TZRRrLZSi2U");
    assertThat(Base58.encode(Hex.decode("0000287fb4cd"))).isEqualTo("11233QC4");
    assertThat(Base58.decode("")).isEqualTo(Bytes.empty());
  }

  @Test
  void base58_refuses_look_alikes_and_texts_that_would_cost() {
    for (String text : new String[] {"0", "O", "I", "l", " 1", "1\n", "\u0661"}) {
      refused(() -> Base58.decode(text));
    }
    assertThat(Base58.decode("1".repeat(Base58.CHARACTERS_MAX)).size())
        .isEqualTo(Base58.CHARACTERS_MAX);
    refused(() -> Base58.decode("z".repeat(Base58.CHARACTERS_MAX + 1)));
    assertThatThrownBy(() -> Base58.encode(Bytes.of(new byte[Base58.BYTES_MAX + 1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void base64url_of_random_bytes_changes_in_no_character_without_being_noticed() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      byte[] array = new byte[1 + random.nextInt(40)];
      random.nextBytes(array);
      Bytes bytes = Bytes.of(array);
      String text = Base64Url.encode(bytes);
      int at = random.nextInt(text.length());
      String forged = text.substring(0, at) + (char) random.nextInt(0x180) + text.substring(at + 1);

      assertThat(Base64Url.decode(text)).isEqualTo(bytes);
      assertThat(forged.equals(text) || !readsAs(forged, bytes)).as(forged).isTrue();
    }
  }

  private static boolean readsAs(String text, Bytes bytes) {
    try {
      return Base64Url.decode(text).equals(bytes);
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.ENCODING_INVALID);
      return false;
    }
  }

  @Test
  void base64url_of_another_size_than_asked_for_is_refused() {
    assertThat(Base64Url.decode("AAAA", 3).size()).isEqualTo(3);
    refused(() -> Base64Url.decode("AAAA", 2));
    refused(() -> Base64Url.decode("", 1));
  }

  @Test
  void hex_is_lower_case_whole_and_ascii() {
    assertThat(Hex.decode("00ff").hex()).isEqualTo("00ff");
    for (String text : new String[] {"0", "0F", "0x00", " 00", "00\n", "\uff10\uff10"}) {
      refused(() -> Hex.decode(text));
    }
  }

  private static void refused(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENCODING_INVALID));
  }
}
