package io.talos.client.state;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Argon2id;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * What opens a state folder: a passphrase, from which {@link Argon2id} makes the key, or a key that
 * is kept elsewhere, for example in a key store ({@link
 * io.talos.contracts.crypto.KeyStoreKey#read}).
 */
public final class SealKey {
  private static final String ARGON2ID = "argon2id";
  private static final String NONE = "none";

  private final SecretBytes secret;
  private final Optional<Argon2id.Cost> cost;

  private SealKey(SecretBytes secret, Optional<Argon2id.Cost> cost) {
    this.secret = secret;
    this.cost = cost;
  }

  /** A passphrase, at the recommended cost where a new folder is made. */
  public static SealKey passphrase(SecretBytes passphrase) {
    return passphrase(passphrase, Argon2id.Cost.recommended());
  }

  /** A passphrase, at another cost where a new folder is made. */
  public static SealKey passphrase(SecretBytes passphrase, Argon2id.Cost cost) {
    Check.that(passphrase.size() > 0, "a passphrase is not empty");
    return new SealKey(passphrase, Optional.of(cost));
  }

  /** A key of 256 bits. */
  public static SealKey of(SecretBytes key) {
    Check.that(key.size() == Aead.KEY_SIZE, "the key has 32 bytes");
    return new SealKey(key, Optional.empty());
  }

  /** How the key of a new folder comes about; no secret. */
  JsonObject describe(Randomness randomness) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (cost.isEmpty()) {
      return json.add("kdf", NONE).build();
    }
    return json.add("kdf", ARGON2ID)
        .add("memory_kibibytes", cost.get().memoryKibibytes())
        .add("passes", cost.get().passes())
        .add("lanes", cost.get().lanes())
        .add("salt", Base64Url.encode(randomness.bytes(Argon2id.SALT_SIZE_MIN)))
        .build();
  }

  /**
   * The folder's key. Whoever changes the description gets another key, which opens nothing.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when the folder is opened by the other
   *     kind, or the description is out of bounds
   */
  SecretBytes open(JsonObject description) {
    String kdf = description.getString("kdf", "");
    if (!kdf.equals(cost.isPresent() ? ARGON2ID : NONE)) {
      throw new TalosException(
          ErrorCode.KEY_INVALID, "the folder is opened by " + (kdf.equals(NONE) ? "a key" : kdf));
    }
    if (cost.isEmpty()) {
      return SecretBytes.of(secret.reveal());
    }
    try {
      Argon2id.Cost stored =
          new Argon2id.Cost(
              description.getInt("memory_kibibytes", 0),
              description.getInt("passes", 0),
              description.getInt("lanes", 0));
      Bytes salt = Base64Url.decode(description.getString("salt", ""), Argon2id.SALT_SIZE_MIN);
      return Argon2id.derive(secret, salt, stored, Aead.KEY_SIZE);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.KEY_INVALID, "the folder's head is out of bounds", e);
    }
  }
}
