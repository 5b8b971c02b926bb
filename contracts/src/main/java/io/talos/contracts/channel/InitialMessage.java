package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * What the responder needs to derive the same keys as the initiator; it holds no secret.
 *
 * <p>On the wire it is the canonical JSON (RFC 8785) of an object with exactly the members {@code
 * suite}, {@code suites}, {@code initiator_did}, {@code identity_key}, {@code
 * identity_key_signature}, {@code responder_did}, {@code ephemeral_key}, {@code ratchet_key},
 * {@code signed_prekey_id}, {@code confirmation}, when one was used {@code one_time_prekey_id}, and
 * in suite {@code talos-pqxdh-2} {@code kem_prekey_id} and {@code kem_ciphertext}. Keys, signature,
 * ciphertext and confirmation are base64url. Any other text of the same object is refused.
 *
 * @param suite the suite of the channel
 * @param suites what the initiator speaks
 * @param initiator the initiator's certified identity key
 * @param responderDid for whom it is meant
 * @param ephemeralKey the initiator's X25519 key for this channel only
 * @param ratchetKey the initiator's first ratchet key
 * @param signedPrekeyId which signed prekey of the responder was used
 * @param oneTimePrekeyId which one-time prekey of the responder was used
 * @param kem the post-quantum part, in a suite that has one
 * @param confirmation proves that the initiator derived the keys, see {@link X3dh}; 32 bytes
 */
public record InitialMessage(
    Suite suite,
    SpokenSuites suites,
    IdentityKey initiator,
    String responderDid,
    Bytes ephemeralKey,
    Bytes ratchetKey,
    String signedPrekeyId,
    Optional<String> oneTimePrekeyId,
    Optional<Kem> kem,
    Bytes confirmation) {
  private static final Set<String> MEMBERS =
      Set.of(
          "suite",
          "suites",
          "initiator_did",
          "identity_key",
          "identity_key_signature",
          "responder_did",
          "ephemeral_key",
          "ratchet_key",
          "signed_prekey_id",
          "one_time_prekey_id",
          "kem_prekey_id",
          "kem_ciphertext",
          "confirmation");

  /**
   * A secret for one of the responder's KEM prekeys.
   *
   * @param prekeyId which one was used
   * @param ciphertext what carries the secret, 1088 bytes
   */
  public record Kem(String prekeyId, Bytes ciphertext) {
    /** Checks form and size. */
    public Kem {
      OneTimePrekey.requireId(prekeyId);
      Check.that(
          ciphertext.size() == MlKem768.CIPHERTEXT_SIZE, "an ML-KEM-768 ciphertext has 1088 bytes");
    }
  }

  /** Checks forms and sizes. */
  public InitialMessage {
    Check.that(suite.isOfTwo(), "the suite has initial messages of this form");
    Check.that(suite.hasKem() == kem.isPresent(), "the post-quantum part is the suite's");
    Check.that(Did.parse(responderDid).text().equals(responderDid), "the DID is in its one form");
    Check.that(ephemeralKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    Check.that(ratchetKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    OneTimePrekey.requireId(signedPrekeyId);
    oneTimePrekeyId.ifPresent(OneTimePrekey::requireId);
    Check.that(confirmation.size() == Sha256.SIZE, "a confirmation has 32 bytes");
  }

  /** The one text of this message. */
  public Bytes encode() {
    JsonArrayBuilder offered = Json.createArrayBuilder();
    suites.names().forEach(offered::add);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("suite", suite.wireName())
            .add("suites", offered)
            .add("initiator_did", initiator.did())
            .add("identity_key", Base64Url.encode(initiator.publicKey()))
            .add("identity_key_signature", Base64Url.encode(initiator.signature()))
            .add("responder_did", responderDid)
            .add("ephemeral_key", Base64Url.encode(ephemeralKey))
            .add("ratchet_key", Base64Url.encode(ratchetKey))
            .add("signed_prekey_id", signedPrekeyId)
            .add("confirmation", Base64Url.encode(confirmation));
    oneTimePrekeyId.ifPresent(id -> json.add("one_time_prekey_id", id));
    kem.ifPresent(
        part ->
            json.add("kem_prekey_id", part.prekeyId())
                .add("kem_ciphertext", Base64Url.encode(part.ciphertext())));
    return CanonicalJson.encode(json.build());
  }

  /**
   * Reads an initial message.
   *
   * @throws TalosException {@link ErrorCode#TALOS_PROTOCOL_MISMATCH} when it names a suite that has
   *     no such message, {@link ErrorCode#RATCHET_INVALID_HEADER} when it is malformed
   */
  public static InitialMessage decode(Bytes text) {
    InitialMessage message;
    try {
      message =
          read(
              new Members(
                  StrictJson.parseObject(
                      text,
                      new io.talos.contracts.json.Limits(
                          Limits.INITIAL_MESSAGE_BYTES_MAX,
                          3,
                          MEMBERS.size() + Limits.SUITES_MAX + 1)),
                  ErrorCode.RATCHET_INVALID_HEADER));
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "malformed", e);
    } catch (TalosException e) {
      ErrorCode code =
          e.code() == ErrorCode.TALOS_PROTOCOL_MISMATCH
              ? e.code()
              : ErrorCode.RATCHET_INVALID_HEADER;
      throw new TalosException(code, "malformed", e);
    }
    if (!message.encode().equals(text)) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "not the canonical text");
    }
    return message;
  }

  private static InitialMessage read(Members json) {
    Suite suite =
        Suite.of(json.text("suite"))
            .filter(Suite::isOfTwo)
            .orElseThrow(
                () ->
                    new TalosException(
                        ErrorCode.TALOS_PROTOCOL_MISMATCH, "no suite with initial messages"));
    json.only(MEMBERS);
    return new InitialMessage(
        suite,
        new SpokenSuites(json.texts("suites", Limits.SUITES_MAX)),
        new IdentityKey(
            json.text("initiator_did"),
            json.exactly("identity_key", X25519.SIZE),
            json.exactly("identity_key_signature", Ed25519.SIGNATURE_SIZE)),
        json.text("responder_did"),
        json.exactly("ephemeral_key", X25519.SIZE),
        json.exactly("ratchet_key", X25519.SIZE),
        json.text("signed_prekey_id"),
        json.has("one_time_prekey_id")
            ? Optional.of(json.text("one_time_prekey_id"))
            : Optional.empty(),
        json.has("kem_prekey_id") || json.has("kem_ciphertext")
            ? Optional.of(kem(json))
            : Optional.empty(),
        json.exactly("confirmation", Sha256.SIZE));
  }

  private static Kem kem(Members json) {
    return new Kem(
        json.text("kem_prekey_id"), json.exactly("kem_ciphertext", MlKem768.CIPHERTEXT_SIZE));
  }
}
