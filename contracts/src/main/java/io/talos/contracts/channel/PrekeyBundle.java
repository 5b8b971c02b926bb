package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody needs to open a channel with an agent that is away. It comes from a server that
 * nobody has to trust: {@link #require} checks every part that can be checked.
 *
 * <p>A one-time prekey carries no signature. A server that swaps it can only make the opening fail:
 * the other three Diffie-Hellmans still need the agent's private keys. A KEM prekey is signed,
 * since nothing else would tie the post-quantum secret to the agent.
 *
 * @param identity the agent's certified identity key
 * @param signedPrekey the agent's signed prekey, with the suites that it speaks
 * @param oneTimePrekey one of its one-time prekeys, when one was left
 * @param kemPrekey one of its one-time KEM prekeys, or the last-resort one when none was left
 * @param keyHistory the statements by which another key than the DID's own speaks for the agent
 */
public record PrekeyBundle(
    IdentityKey identity,
    SignedPrekey signedPrekey,
    Optional<OneTimePrekey> oneTimePrekey,
    Optional<KemPrekey> kemPrekey,
    List<KeyStatement> keyHistory) {

  /** Copies. */
  public PrekeyBundle {
    keyHistory = List.copyOf(keyHistory);
  }

  /**
   * Requires that this bundle is {@code did}'s, whole and usable now.
   *
   * @throws TalosException {@link ErrorCode#X3DH_INVALID_SIGNATURE} when it is another agent's or a
   *     signature fails, {@link ErrorCode#PREKEY_INVALID} when a signed prekey has expired or a KEM
   *     prekey is none, {@link ErrorCode#TALOS_PROTOCOL_MISMATCH} when the agent speaks a suite
   *     that needs a KEM prekey and there is none
   */
  public void require(String did, Instant now) {
    if (!identity.did().equals(did) || !isSpokenFor(did)) {
      throw new TalosException(ErrorCode.X3DH_INVALID_SIGNATURE, "not the agent's own bundle");
    }
    if (signedPrekey.isExpired(now) || kemPrekey.filter(kem -> kem.isExpired(now)).isPresent()) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "a signed prekey has expired");
    }
    if (kemPrekey.filter(kem -> !MlKem768.isPublicKey(kem.publicKey())).isPresent()) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "not an encapsulation key");
    }
    if (kemPrekey.isEmpty() && signedPrekey.suites().holds(Suite.TALOS_PQXDH_2)) {
      throw new TalosException(ErrorCode.TALOS_PROTOCOL_MISMATCH, "somebody took the KEM prekey");
    }
  }

  private boolean isSpokenFor(String did) {
    try {
      KeyHistory history = KeyHistory.verify(Did.parse(did), keyHistory);
      Bytes key = history.currentKey();
      return !history.isRevoked()
          && identity.isCertifiedBy(key)
          && signedPrekey.isSignedBy(did, key)
          && kemPrekey.map(kem -> kem.isSignedBy(did, key)).orElse(true);
    } catch (TalosException e) {
      // One code for every way in which a bundle is not the agent's.
      return false;
    }
  }

  /**
   * Reads the JSON form {@code {did, key_agreement: {public_key, signature}, signed_prekey: {id,
   * public_key, expires_at, suites, signature}, one_time_prekey?: {id, public_key}, kem_prekey?:
   * {id, kind, public_key, expires_at, signature}, key_history?: [statement]}}. Other members are
   * passed over.
   *
   * @throws TalosException {@link ErrorCode#PREKEY_INVALID} when a part is missing or malformed
   */
  public static PrekeyBundle fromJson(JsonObject json) {
    Members bundle = new Members(json, ErrorCode.PREKEY_INVALID);
    try {
      return new PrekeyBundle(
          identity(bundle.text("did"), bundle.object("key_agreement")),
          PrekeyFormat.signed(bundle.object("signed_prekey")),
          bundle.has("one_time_prekey")
              ? Optional.of(PrekeyFormat.oneTime(bundle.object("one_time_prekey")))
              : Optional.empty(),
          bundle.has("kem_prekey")
              ? Optional.of(PrekeyFormat.kem(bundle.object("kem_prekey")))
              : Optional.empty(),
          bundle.has("key_history") ? bundle.statements("key_history") : List.of());
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "a malformed prekey bundle", e);
    }
  }

  private static IdentityKey identity(String did, Members agreement) {
    return new IdentityKey(
        did,
        agreement.exactly("public_key", X25519.SIZE),
        agreement.exactly("signature", Ed25519.SIGNATURE_SIZE));
  }

  /** The JSON form. */
  public JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("did", identity.did())
            .add(
                "key_agreement",
                Json.createObjectBuilder()
                    .add("public_key", Base64Url.encode(identity.publicKey()))
                    .add("signature", Base64Url.encode(identity.signature())))
            .add("signed_prekey", PrekeyFormat.write(signedPrekey));
    oneTimePrekey.ifPresent(prekey -> json.add("one_time_prekey", PrekeyFormat.write(prekey)));
    kemPrekey.ifPresent(
        prekey ->
            json.add(
                "kem_prekey", PrekeyFormat.write(prekey).add("kind", prekey.kind().wireName())));
    if (!keyHistory.isEmpty()) {
      JsonArrayBuilder statements = Json.createArrayBuilder();
      keyHistory.forEach(statement -> statements.add(statement.toJson()));
      json.add("key_history", statements);
    }
    return json.build();
  }
}
