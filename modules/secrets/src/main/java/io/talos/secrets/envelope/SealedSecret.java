package io.talos.secrets.envelope;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * One version of a secret as it is kept: nothing in it is secret, and nothing in it can be moved to
 * another name or version.
 *
 * @param version counts up from 1 while the secret exists
 * @param kekId the key that wraps the data key
 * @param nonce of the ciphertext
 * @param ciphertext the secret under its data key, with the tag
 * @param wrapNonce of the wrapped data key
 * @param wrappedDek the data key under the key-encryption key, with the tag
 */
public record SealedSecret(
    SecretName name,
    long version,
    KekId kekId,
    Bytes nonce,
    Bytes ciphertext,
    Bytes wrapNonce,
    Bytes wrappedDek) {

  /**
   * Checks every size.
   *
   * @throws TalosException {@link ErrorCode#ENVELOPE_INVALID} when one does not fit
   */
  public SealedSecret {
    boolean fits =
        version > 0
            && nonce.size() == Aead.NONCE_SIZE
            && wrapNonce.size() == Aead.NONCE_SIZE
            && wrappedDek.size() == Aead.KEY_SIZE + Aead.TAG_SIZE
            && ciphertext.size() > Aead.TAG_SIZE
            && ciphertext.size() <= Limits.SECRET_BYTES_MAX + Aead.TAG_SIZE;
    if (!fits) {
      throw new TalosException(ErrorCode.ENVELOPE_INVALID, "secret " + name.text() + " is damaged");
    }
  }
}
