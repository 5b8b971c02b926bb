package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the secret envelopes of Talos 1.x, so that secrets can be taken over. The key-encryption
 * key encrypts the secret itself; Talos 2 never writes such an envelope.
 *
 * <p>Refuses with: {@link ErrorCode#ENVELOPE_INVALID}, {@link ErrorCode#KEK_NOT_LOADED}, {@link
 * ErrorCode#DECRYPT_FAILED}.
 *
 * <p>Source: Talos 1.x secret envelopes; contracts/schemas/interop/secret_envelope.v1 and
 * secret_envelope_hex.v1; NIST SP 800-38D §5.2.1.1 for the nonce's length.
 */
public final class V1SecretEnvelope {
  /** The schema of the form with base64url members. */
  public static final String SCHEMA = "interop/secret_envelope.v1";

  /** The schema of the older form with hex members. */
  public static final String HEX_SCHEMA = "interop/secret_envelope_hex.v1";

  private static final String DOMAIN = "talos.secret.v1:";

  private final SchemaLibrary schemas;

  /** An opener that checks the form by {@code schemas}. */
  public V1SecretEnvelope(SchemaLibrary schemas) {
    this.schemas = schemas;
  }

  /** What ties an envelope to the secret that it is. */
  public static Bytes associatedData(String secretId) {
    return Bytes.utf8(DOMAIN + secretId);
  }

  /**
   * Opens the envelope of the secret that the caller asks for. What the envelope says of its own
   * associated data is not used, or an envelope could be moved to another secret.
   */
  public SecretBytes open(
      JsonObject envelope, String secretId, Function<String, Optional<SecretBytes>> keks) {
    require(envelope, SCHEMA);
    try {
      return open(
          kek(envelope, keks),
          Base64Url.decode(envelope.getString("nonce_b64u"), Aead.NONCE_SIZE),
          associatedData(secretId),
          Base64Url.decode(envelope.getString("ciphertext_b64u")),
          Base64Url.decode(envelope.getString("tag_b64u"), Aead.TAG_SIZE));
    } catch (TalosException e) {
      throw asEnvelopeError(e);
    }
  }

  /**
   * Opens an envelope of the hex form, which nothing ties to its secret: whoever could write the
   * 1.x database could have exchanged two of them.
   */
  public SecretBytes openUntied(JsonObject envelope, Function<String, Optional<SecretBytes>> keks) {
    require(envelope, HEX_SCHEMA);
    try {
      return open(
          kek(envelope, keks),
          Hex.decode(envelope.getString("iv")),
          Bytes.empty(),
          Hex.decode(envelope.getString("ciphertext")),
          Hex.decode(envelope.getString("tag")));
    } catch (TalosException e) {
      throw asEnvelopeError(e);
    }
  }

  private static SecretBytes open(
      SecretBytes kek, Bytes nonce, Bytes data, Bytes ciphertext, Bytes tag) {
    return Aead.AES_256_GCM.openSecret(kek, nonce, data, ciphertext.concat(tag));
  }

  private void require(JsonObject envelope, String schema) {
    if (!schemas.violations(schema, envelope).isEmpty()) {
      throw new TalosException(ErrorCode.ENVELOPE_INVALID, "not an envelope of " + schema);
    }
  }

  private static SecretBytes kek(
      JsonObject envelope, Function<String, Optional<SecretBytes>> keks) {
    return keks.apply(envelope.getString("kek_id"))
        .orElseThrow(() -> new TalosException(ErrorCode.KEK_NOT_LOADED, "an unknown key id"));
  }

  private static TalosException asEnvelopeError(TalosException e) {
    return e.code() == ErrorCode.ENCODING_INVALID
        ? new TalosException(ErrorCode.ENVELOPE_INVALID, "a member has the wrong size", e)
        : e;
  }
}
