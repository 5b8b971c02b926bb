package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.X25519;
import java.util.regex.Pattern;

/**
 * An X25519 key that serves one initial message and is forgotten then.
 *
 * @param id names the key at its owner: 1 to {@value Limits#PREKEY_ID_CHARACTERS_MAX} letters,
 *     digits, {@code -} and {@code _}
 * @param publicKey the X25519 key, 32 bytes
 */
public record OneTimePrekey(String id, Bytes publicKey) {
  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9_-]{1," + Limits.PREKEY_ID_CHARACTERS_MAX + "}");

  /** Checks form and size. */
  public OneTimePrekey {
    requireId(id);
    Check.that(publicKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
  }

  static void requireId(String id) {
    Check.that(ID.matcher(id).matches(), "a prekey id has letters, digits, - and _ only");
  }
}
