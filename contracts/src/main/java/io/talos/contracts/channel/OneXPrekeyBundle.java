package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;

/**
 * A prekey bundle of Talos 1.x. The signature is Ed25519 over the 32 raw bytes of the signed
 * prekey, without domain separation, id or expiry; one-time prekeys of 1.x serve nothing and are
 * passed over.
 *
 * @param identityKey the agent's Ed25519 public key
 * @param signedPrekey its X25519 prekey
 * @param prekeySignature the signature
 */
public record OneXPrekeyBundle(Bytes identityKey, Bytes signedPrekey, Bytes prekeySignature) {
  /**
   * Reads {@code {identity_key, signed_prekey, prekey_signature}}; other members are passed over.
   *
   * @throws TalosException {@link ErrorCode#PREKEY_INVALID} when one is missing or malformed
   */
  public static OneXPrekeyBundle fromJson(JsonObject json) {
    Members bundle = new Members(json, ErrorCode.PREKEY_INVALID);
    return new OneXPrekeyBundle(
        bundle.bytes("identity_key", Limits.HEADER_BYTES_MAX),
        bundle.bytes("signed_prekey", Limits.HEADER_BYTES_MAX),
        bundle.bytes("prekey_signature", Limits.HEADER_BYTES_MAX));
  }

  /**
   * Requires that the identity signed the prekey.
   *
   * @throws TalosException {@link ErrorCode#X3DH_INVALID_SIGNATURE} otherwise
   */
  public void requireSigned() {
    if (!Ed25519.verify(identityKey, signedPrekey, prekeySignature)) {
      throw new TalosException(ErrorCode.X3DH_INVALID_SIGNATURE, "not signed by its identity");
    }
  }
}
