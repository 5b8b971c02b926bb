package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory has an account on Alice's machine and looks for Alice's keys. */
class StolenKeyFileTest {
  @TempDir Path folder;

  @Test
  void nobody_but_the_owner_may_read_the_file_and_the_owner_reads_the_same_keys()
      throws IOException {
    Identity alice = Identity.generate(Randomness.secure());
    Path file = folder.resolve("alice.key");

    KeyFile.create(file, alice);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Identity read = KeyFile.read(file);
    assertThat(read.signing()).isEqualTo(alice.signing());
    assertThat(read.channel()).isEqualTo(alice.channel());
  }

  @Test
  void an_identity_is_never_overwritten() {
    Path file = folder.resolve("alice.key");
    Identity alice = Identity.generate(Randomness.secure());
    KeyFile.create(file, alice);

    assertThatThrownBy(() -> KeyFile.create(file, Identity.generate(Randomness.secure())))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
    assertThat(KeyFile.read(file).did()).isEqualTo(alice.did());
  }

  @Test
  void a_key_put_under_alices_did_is_noticed() throws IOException {
    Path file = folder.resolve("alice.key");
    Identity alice = Identity.generate(Randomness.secure());
    KeyFile.create(folder.resolve("mallory.key"), Identity.generate(Randomness.secure()));
    String mallorys = Files.readString(folder.resolve("mallory.key"));
    Files.writeString(file, mallorys.replaceAll("did:key:[A-Za-z0-9]+", alice.did()));

    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
  }
}
