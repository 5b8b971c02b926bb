package io.talos.contracts.channel;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
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
 * the other three Diffie-Hellmans still need the agent's private keys.
 *
 * @param identity the agent's certified identity key
 * @param signedPrekey the agent's signed prekey
 * @param oneTimePrekey one of its one-time prekeys, when one was left
 * @param keyHistory the statements by which another key than the DID's own speaks for the agent
 */
public record PrekeyBundle(
    IdentityKey identity,
    SignedPrekey signedPrekey,
    Optional<OneTimePrekey> oneTimePrekey,
    List<KeyStatement> keyHistory) {

  /** Copies. */
  public PrekeyBundle {
    keyHistory = List.copyOf(keyHistory);
  }

  /** The bundle of an agent without a key history. */
  public PrekeyBundle(
      IdentityKey identity, SignedPrekey signedPrekey, Optional<OneTimePrekey> oneTimePrekey) {
    this(identity, signedPrekey, oneTimePrekey, List.of());
  }

  /**
   * Requires that this bundle is {@code did}'s and usable now.
   *
   * @throws TalosException {@link ErrorCode#X3DH_INVALID_SIGNATURE} when it is another agent's or a
   *     signature fails, {@link ErrorCode#PREKEY_INVALID} when the signed prekey has expired
   */
  public void require(String did, Instant now) {
    if (!identity.did().equals(did) || !isSpokenFor(did)) {
      throw new TalosException(ErrorCode.X3DH_INVALID_SIGNATURE, "not the agent's own bundle");
    }
    if (signedPrekey.isExpired(now)) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "the signed prekey has expired");
    }
  }

  private boolean isSpokenFor(String did) {
    try {
      KeyHistory history = KeyHistory.verify(Did.parse(did), keyHistory);
      return !history.isRevoked()
          && identity.isCertifiedBy(history.currentKey())
          && signedPrekey.isSignedBy(did, history.currentKey());
    } catch (TalosException e) {
      // One code for every way in which a bundle is not the agent's.
      return false;
    }
  }

  /**
   * Reads the JSON form {@code {did, key_agreement: {public_key, signature}, signed_prekey: {id,
   * public_key, expires_at, signature}, one_time_prekey?: {id, public_key}, key_history?:
   * [statement]}}. Other members are passed over.
   *
   * @throws TalosException {@link ErrorCode#PREKEY_INVALID} when a part is missing or malformed
   */
  public static PrekeyBundle fromJson(JsonObject json) {
    Members bundle = new Members(json, ErrorCode.PREKEY_INVALID);
    try {
      return new PrekeyBundle(
          identity(bundle.text("did"), bundle.object("key_agreement")),
          signed(bundle.object("signed_prekey")),
          bundle.has("one_time_prekey")
              ? Optional.of(oneTime(bundle.object("one_time_prekey")))
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

  private static SignedPrekey signed(Members prekey) {
    return new SignedPrekey(
        prekey.text("id"),
        prekey.exactly("public_key", X25519.SIZE),
        prekey.time("expires_at"),
        prekey.exactly("signature", Ed25519.SIGNATURE_SIZE));
  }

  private static OneTimePrekey oneTime(Members prekey) {
    return new OneTimePrekey(prekey.text("id"), prekey.exactly("public_key", X25519.SIZE));
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
            .add(
                "signed_prekey",
                Json.createObjectBuilder()
                    .add("id", signedPrekey.id())
                    .add("public_key", Base64Url.encode(signedPrekey.publicKey()))
                    .add("expires_at", WireTime.format(signedPrekey.expiresAt()))
                    .add("signature", Base64Url.encode(signedPrekey.signature())));
    if (!keyHistory.isEmpty()) {
      JsonArrayBuilder statements = Json.createArrayBuilder();
      keyHistory.forEach(statement -> statements.add(statement.toJson()));
      json.add("key_history", statements);
    }
    oneTimePrekey.ifPresent(
        prekey ->
            json.add(
                "one_time_prekey",
                Json.createObjectBuilder()
                    .add("id", prekey.id())
                    .add("public_key", Base64Url.encode(prekey.publicKey()))));
    return json.build();
  }
}
