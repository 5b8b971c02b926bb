package io.talos.launcher;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The passwords and keys of one data folder: each is drawn once, at its first use, and then read
 * from its file (mode 0600), so that a restart finds the same.
 */
final class Secrets {
  static final int PASSWORD_BYTES = 24;
  static final int KEY_BYTES = 32;

  private final Path folder;
  private final Randomness randomness;

  Secrets(Path folder, Randomness randomness) {
    this.folder = OwnerOnly.folder(folder);
    this.randomness = randomness;
  }

  /** A password of 192 random bits in base64url: safe in SQL, in a URL and in a shell. */
  String password(String name) {
    return text(name, PASSWORD_BYTES);
  }

  /** A key of 256 random bits in base64url without padding. */
  String key(String name) {
    return text(name, KEY_BYTES);
  }

  private synchronized String text(String name, int bytes) {
    var file = folder.resolve(name);
    if (Files.exists(file)) {
      return OwnerOnly.read(file);
    }
    var text = Base64Url.encode(randomness.bytes(bytes));
    OwnerOnly.write(file, text);
    return text;
  }
}
