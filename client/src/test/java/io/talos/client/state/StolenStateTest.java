package io.talos.client.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Argon2id;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory has Alice's disk: she reads it, changes it, and puts old copies back. */
class StolenStateTest {
  private static final Randomness CHANCE = Randomness.secure();
  private static final Did ALICE = Did.ofKey(Ed25519.generate(CHANCE).publicKey());
  private static final Did BOB = Did.ofKey(Ed25519.generate(CHANCE).publicKey());
  private static final SealKey KEY = SealKey.of(SecretBytes.of(CHANCE.bytes(32).toArray()));
  private static final Argon2id.Cost LEAST =
      new Argon2id.Cost(Argon2id.Cost.MEMORY_KIBIBYTES_MIN, 2, 1);

  @TempDir Path disk;

  private static SealKey passphrase(String text) {
    return SealKey.passphrase(SecretBytes.utf8(text), LEAST);
  }

  private StateFolder alices(SealKey key) {
    Path folder = disk.resolve("alice");
    return StateFolder.isOne(folder)
        ? StateFolder.open(folder, key, CHANCE)
        : StateFolder.create(folder, key, ALICE, CHANCE);
  }

  private static String read(StateFolder folder, String name) {
    return new String(folder.read(name).orElseThrow().reveal(), StandardCharsets.UTF_8);
  }

  private static ErrorCode refusal(Runnable act) {
    try {
      act.run();
    } catch (TalosException e) {
      return e.code();
    }
    throw new AssertionError("it was not refused");
  }

  private void copy(String from, String to) {
    try {
      Files.copy(disk.resolve(from), disk.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void what_was_written_is_read_with_the_passphrase_and_with_no_other() {
    try (StateFolder folder = alices(passphrase("correct horse"))) {
      folder.write("identity", SecretBytes.utf8("first"));
      folder.write("identity", SecretBytes.utf8("second"));
      assertThat(read(folder, "identity")).isEqualTo("second");
      assertThat(folder.read("nothing")).isEmpty();
    }
    try (StateFolder folder = alices(passphrase("correct horse"))) {
      assertThat(read(folder, "identity")).isEqualTo("second");
      assertThat(folder.names()).containsExactly("identity");
      assertThat(folder.owner()).isEqualTo(ALICE);
    }
    try (StateFolder folder = alices(passphrase("battery staple"))) {
      assertThat(refusal(() -> folder.read("identity"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
    }
    assertThat(refusal(() -> alices(KEY))).isEqualTo(ErrorCode.KEY_INVALID);
  }

  @Test
  void no_file_holds_the_secret_and_nobody_else_may_read_one() throws IOException {
    String secret = "a secret of some length " + CHANCE.bytes(16).hex();
    try (StateFolder folder = alices(KEY)) {
      folder.write("identity", SecretBytes.utf8(secret));
    }

    assertThat(files(disk)).hasSize(4);
    for (Path file : files(disk)) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disk.resolve("alice"))))
        .isEqualTo("rwx------");
  }

  @Test
  void no_byte_of_a_sealed_file_can_be_changed_and_none_can_be_cut_off() throws IOException {
    try (StateFolder folder = alices(KEY)) {
      folder.write("identity", SecretBytes.utf8("Alice"));
      Path file = disk.resolve("alice/identity.sealed");
      byte[] genuine = Files.readAllBytes(file);

      for (int i = 0; i < genuine.length; i++) {
        byte[] changed = genuine.clone();
        changed[i] ^= 1;
        Files.write(file, changed);
        assertThat(refusal(() -> folder.read("identity"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
        Files.write(file, Bytes.of(genuine).slice(0, i).toArray());
        assertThat(refusal(() -> folder.read("identity"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
      }
      Files.write(file, genuine);
      assertThat(read(folder, "identity")).isEqualTo("Alice");
    }
  }

  @Test
  void an_older_copy_that_is_put_back_is_refused() {
    try (StateFolder folder = alices(KEY)) {
      folder.write("session-1", SecretBytes.utf8("one"));
      copy("alice/session-1.sealed", "old");
      folder.write("session-1", SecretBytes.utf8("two"));
      copy("alice/session-1.sealed", "new");
      copy("old", "alice/session-1.sealed");

      assertThat(refusal(() -> folder.read("session-1"))).isEqualTo(ErrorCode.STATE_ROLLED_BACK);

      copy("new", "alice/session-1.sealed");
      assertThat(read(folder, "session-1")).isEqualTo("two");
    }
  }

  @Test
  void a_copy_without_its_counter_and_a_file_that_was_removed_are_refused() throws IOException {
    try (StateFolder folder = alices(KEY)) {
      folder.write("session-1", SecretBytes.utf8("one"));
      folder.write("session-1", SecretBytes.utf8("two"));
      copy("alice/session-1.sealed", "old");
      copy("alice/counters/session-1", "counter");
      Files.delete(disk.resolve("alice/counters/session-1"));
      assertThat(refusal(() -> folder.read("session-1"))).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
      copy("counter", "alice/counters/session-1");

      folder.remove("session-1");
      assertThat(folder.read("session-1")).isEmpty();
      copy("old", "alice/session-1.sealed");
      assertThat(refusal(() -> folder.read("session-1"))).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    }
  }

  @Test
  void a_whole_folder_from_a_backup_is_refused_where_the_counters_lie_elsewhere()
      throws IOException {
    Path folder = disk.resolve("alice");
    Path counters = disk.resolve("counters");
    Path backup = Files.createDirectory(disk.resolve("backup"));
    try (StateFolder open = StateFolder.create(folder, counters, KEY, ALICE, CHANCE)) {
      open.write("session-1", SecretBytes.utf8("one"));
      for (Path file : files(folder)) {
        Files.copy(file, backup.resolve(file.getFileName()));
      }
      open.write("session-1", SecretBytes.utf8("two"));
    }

    try (StateFolder old = StateFolder.open(backup, counters, KEY, CHANCE)) {
      assertThat(refusal(() -> old.read("session-1"))).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    }
  }

  @Test
  void a_crash_before_the_counter_was_written_loses_nothing_and_opens_no_way_back() {
    try (StateFolder folder = alices(KEY)) {
      folder.write("session-1", SecretBytes.utf8("one"));
      copy("alice/session-1.sealed", "old");
      copy("alice/counters/session-1", "counter");
      folder.write("session-1", SecretBytes.utf8("two"));
      copy("counter", "alice/counters/session-1");

      assertThat(read(folder, "session-1")).isEqualTo("two");

      copy("old", "alice/session-1.sealed");
      assertThat(refusal(() -> folder.read("session-1"))).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    }
  }

  @Test
  void a_counter_that_a_crash_cut_off_leaves_the_one_before_and_two_spoilt_ones_are_refused()
      throws IOException {
    try (StateFolder folder = alices(KEY)) {
      folder.write("session-1", SecretBytes.utf8("one"));
      folder.write("session-1", SecretBytes.utf8("two"));
      folder.write("session-1", SecretBytes.utf8("three"));
      Path counter = disk.resolve("alice/counters/session-1");
      byte[] whole = Files.readAllBytes(counter);
      byte[] spoilt = whole.clone();
      spoilt[20] ^= 1;
      Files.write(counter, spoilt);
      assertThat(read(folder, "session-1")).isEqualTo("three");

      spoilt = whole.clone();
      spoilt[20] ^= 1;
      spoilt[4096 + 20] ^= 1;
      Files.write(counter, spoilt);
      assertThat(refusal(() -> folder.read("session-1"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
    }
  }

  @Test
  void a_file_opens_under_its_own_name_and_in_its_owners_folder_only() {
    try (StateFolder folder = alices(KEY);
        StateFolder bobs = StateFolder.create(disk.resolve("bob"), KEY, BOB, CHANCE)) {
      folder.write("session-1", SecretBytes.utf8("one"));
      copy("alice/session-1.sealed", "alice/session-2.sealed");
      copy("alice/session-1.sealed", "bob/session-1.sealed");

      assertThat(refusal(() -> folder.read("session-2"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
      assertThat(refusal(() -> bobs.read("session-1"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
    }
  }

  @Test
  void a_head_that_asks_for_cheaper_guesses_opens_nothing_and_one_out_of_bounds_is_not_tried()
      throws IOException {
    SealKey dear =
        SealKey.passphrase(
            SecretBytes.utf8("horse"), new Argon2id.Cost(Argon2id.Cost.MEMORY_KIBIBYTES_MIN, 3, 1));
    try (StateFolder folder = alices(dear)) {
      folder.write("identity", SecretBytes.utf8("Alice"));
    }
    Path head = disk.resolve("alice/head.json");
    String text = Files.readString(head);

    Files.writeString(head, text.replace("\"passes\":3", "\"passes\":2"));
    try (StateFolder folder = alices(passphrase("horse"))) {
      assertThat(refusal(() -> folder.read("identity"))).isEqualTo(ErrorCode.DECRYPT_FAILED);
    }
    Files.writeString(head, text.replace("\"passes\":3", "\"passes\":1000000"));
    assertThat(refusal(() -> alices(passphrase("horse")))).isEqualTo(ErrorCode.KEY_INVALID);
    Files.writeString(head, text.replaceAll("\"kdf\":\"argon2id\"", "\"kdf\":\"none\""));
    assertThat(refusal(() -> alices(passphrase("horse")))).isEqualTo(ErrorCode.KEY_INVALID);
  }

  @Test
  void two_cannot_use_one_state_and_a_failed_opening_leaves_no_lock() {
    StateFolder folder = alices(KEY);
    assertThat(refusal(() -> alices(KEY))).isEqualTo(ErrorCode.STATE_IN_USE);
    folder.close();
    assertThat(refusal(() -> alices(passphrase("wrong kind")))).isEqualTo(ErrorCode.KEY_INVALID);

    try (StateFolder again = alices(KEY)) {
      again.write("identity", SecretBytes.utf8("Alice"));
      assertThat(read(again, "identity")).isEqualTo("Alice");
    }
  }
}
