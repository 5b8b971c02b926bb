package io.talos.identity.keys;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.util.Arrays;
import java.util.Optional;

/**
 * A virtual key as its holder has it: {@code tvk_<id>_<secret>}, the id a UUID version 7 and the
 * secret 32 bytes in base64url.
 *
 * <p>Nothing that is stored tells the secret, not even to somebody who reads the database: kept is
 * an HMAC-SHA256 tag under a pepper that is itself sealed, over the label {@code
 * talos:virtual-key:v1}, the id and the secret.
 */
public final class VirtualKeyText implements AutoCloseable {
  /** What every virtual key starts with. */
  public static final String PREFIX = "tvk_";

  private static final String LABEL = "talos:virtual-key:v1\n";
  private static final int ID_CHARACTERS = 36;
  private static final int SECRET_AT = PREFIX.length() + ID_CHARACTERS + 1;

  private final UuidV7 id;
  private final SecretBytes secret;

  private VirtualKeyText(UuidV7 id, SecretBytes secret) {
    this.id = id;
    this.secret = secret;
  }

  /** A fresh key under {@code id}. */
  public static VirtualKeyText fresh(UuidV7 id, Randomness randomness) {
    byte[] bytes = new byte[Limits.SECRET_SIZE];
    randomness.fill(bytes);
    try {
      return new VirtualKeyText(id, SecretBytes.of(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Reads a key; empty when {@code text} is none. */
  public static Optional<VirtualKeyText> parse(String text) {
    if (!text.startsWith(PREFIX)
        || text.length() <= SECRET_AT
        || text.charAt(SECRET_AT - 1) != '_') {
      return Optional.empty();
    }
    try {
      UuidV7 id = new UuidV7(text.substring(PREFIX.length(), SECRET_AT - 1));
      Bytes secret = Base64Url.decode(text.substring(SECRET_AT), Limits.SECRET_SIZE);
      return Optional.of(new VirtualKeyText(id, SecretBytes.of(secret.toArray())));
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  /** The public part. */
  public UuidV7 id() {
    return id;
  }

  /** The whole key, to be shown once. */
  public String reveal() {
    byte[] clear = secret.reveal();
    try {
      return PREFIX + id.text() + "_" + Base64Url.encode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** The tag to keep. */
  public Bytes tag(SecretBytes pepper) {
    return HmacSha256.tag(pepper, message());
  }

  /** Whether {@code tag} is this key's, compared in constant time. */
  public boolean hasTag(SecretBytes pepper, Bytes tag) {
    return HmacSha256.verify(pepper, message(), tag);
  }

  private Bytes message() {
    byte[] clear = secret.reveal();
    try {
      Check.that(clear.length == Limits.SECRET_SIZE, "a virtual key has 32 secret bytes");
      return Bytes.utf8(LABEL + id.text() + "\n").concat(Bytes.of(clear));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return PREFIX + id.text() + "_[redacted]";
  }
}
