package io.talos.secrets.envelope;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;

/**
 * Seals and opens secrets: AES-256-GCM under a data key of its own for every version, the data key
 * wrapped by AES-256-GCM under a key-encryption key. Thread safe.
 *
 * <p>Associated data is {@code talos.secret.v2:<name>:<version>}, and for the wrap also {@code
 * :<kek id>}; it always comes from what the caller asks for, so a row copied to another name or
 * version does not open. A data key seals once; a key-encryption key may wrap 2^32 data keys with
 * random nonces.
 *
 * <p>Source: NIST SP 800-38D §8.2.2, §8.3.
 */
public final class Envelope {
  private static final String DOMAIN = "talos.secret.v2:";

  private final Keks keks;
  private final Randomness randomness;

  /** Seals under {@code keks}' current key. */
  public Envelope(Keks keks, Randomness randomness) {
    this.keks = keks;
    this.randomness = randomness;
  }

  /**
   * Seals {@code secret} as this version of {@code name}.
   *
   * @throws TalosException {@link ErrorCode#KEK_NOT_LOADED} when the current key is missing
   */
  public SealedSecret seal(SecretName name, long version, SecretBytes secret) {
    Check.that(secret.size() > 0, "a secret is not empty");
    Check.atMost(secret.size(), Limits.SECRET_BYTES_MAX, "the secret's size");
    KekId kekId = keks.current();
    try (SecretBytes kek = keks.require(kekId);
        SecretBytes dek = freshKey()) {
      Bytes nonce = randomness.bytes(Aead.NONCE_SIZE);
      Bytes wrapNonce = randomness.bytes(Aead.NONCE_SIZE);
      Bytes bound = bound(name, version);
      return new SealedSecret(
          name,
          version,
          kekId,
          nonce,
          Aead.AES_256_GCM.seal(dek, nonce, bound, secret),
          wrapNonce,
          Aead.AES_256_GCM.seal(kek, wrapNonce, boundTo(bound, kekId), dek));
    }
  }

  /**
   * Opens a secret; the result is the caller's to close.
   *
   * @throws TalosException {@link ErrorCode#KEK_NOT_LOADED} or {@link ErrorCode#DECRYPT_FAILED}
   */
  public SecretBytes open(SealedSecret sealed) {
    Bytes bound = bound(sealed.name(), sealed.version());
    try (SecretBytes kek = keks.require(sealed.kekId());
        SecretBytes dek =
            Aead.AES_256_GCM.openSecret(
                kek, sealed.wrapNonce(), boundTo(bound, sealed.kekId()), sealed.wrappedDek())) {
      return Aead.AES_256_GCM.openSecret(dek, sealed.nonce(), bound, sealed.ciphertext());
    }
  }

  private SecretBytes freshKey() {
    byte[] key = new byte[Aead.KEY_SIZE];
    randomness.fill(key);
    try {
      return SecretBytes.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Bytes bound(SecretName name, long version) {
    return Bytes.utf8(DOMAIN + name.text() + ":" + version);
  }

  private static Bytes boundTo(Bytes bound, KekId kekId) {
    return bound.concat(Bytes.utf8(":" + kekId.text()));
  }
}
