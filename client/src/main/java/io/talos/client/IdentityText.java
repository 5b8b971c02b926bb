package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An identity as JSON: as secret as the identity. */
final class IdentityText {
  private static final String PRIVATE_KEY = "private_key";

  private IdentityText() {}

  /** The keys without the prekeys. */
  static JsonObjectBuilder keys(Identity identity) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("did", identity.did())
            .add("ed25519_seed", revealed(identity.signing().seed()))
            .add("x25519_private_key", revealed(identity.channel().pair().privateKey()));
    if (!identity.history().statements().isEmpty()) {
      json.add("key_history", identity.history().toJson());
    }
    return json;
  }

  /** Everything. */
  static JsonObjectBuilder all(Identity identity) {
    JsonArrayBuilder signed = Json.createArrayBuilder();
    identity
        .prekeys()
        .signed()
        .values()
        .forEach(
            own ->
                signed.add(
                    Json.createObjectBuilder()
                        .add("id", own.prekey().id())
                        .add(PRIVATE_KEY, revealed(own.pair().privateKey()))
                        .add("expires_at", WireTime.format(own.prekey().expiresAt()))
                        .add("suites", own.prekey().suites().text())
                        .add("signature", Base64Url.encode(own.prekey().signature()))));
    JsonArrayBuilder oneTime = Json.createArrayBuilder();
    identity
        .prekeys()
        .oneTime()
        .forEach(
            (id, pair) ->
                oneTime.add(
                    Json.createObjectBuilder()
                        .add("id", id)
                        .add(PRIVATE_KEY, revealed(pair.privateKey()))));
    return keys(identity)
        .add("signed_prekeys", signed)
        .add("one_time_prekeys", oneTime)
        .add("kem_prekeys", kem(identity.prekeys()));
  }

  private static JsonArrayBuilder kem(Prekeys prekeys) {
    JsonArrayBuilder kem = Json.createArrayBuilder();
    for (Prekeys.Kem own : prekeys.kem().values()) {
      kem.add(
          Json.createObjectBuilder()
              .add("id", own.prekey().id())
              .add("kind", own.prekey().kind().wireName())
              .add("seed", revealed(own.pair().seed()))
              .add("expires_at", WireTime.format(own.prekey().expiresAt()))
              .add("signature", Base64Url.encode(own.prekey().signature())));
    }
    return kem;
  }

  /**
   * Reads what {@link #keys} or {@link #all} wrote.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when it is no identity
   */
  static Identity read(JsonObject json) {
    try {
      Identity bare =
          Identity.of(
              history(json),
              Ed25519.fromSeed(key(json, "ed25519_seed")),
              X25519.fromPrivate(key(json, "x25519_private_key")));
      return json.get("signed_prekeys") instanceof JsonArray signed
          ? bare.with(
              prekeys(
                  bare,
                  signed,
                  json.getJsonArray("one_time_prekeys"),
                  json.getJsonArray("kem_prekeys")))
          : bare;
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new TalosException(ErrorCode.KEY_INVALID, "this is no key that speaks for its DID", e);
    }
  }

  private static Prekeys prekeys(
      Identity bare, JsonArray signed, JsonArray oneTime, JsonArray kem) {
    Map<String, Prekeys.Signed> medium = new LinkedHashMap<>();
    for (JsonValue item : signed) {
      JsonObject own = item.asJsonObject();
      X25519.KeyPair pair = X25519.fromPrivate(key(own, PRIVATE_KEY));
      Bytes signature = Base64Url.decode(own.getString("signature"), Ed25519.SIGNATURE_SIZE);
      SignedPrekey prekey =
          new SignedPrekey(
              own.getString("id"),
              pair.publicKey(),
              WireTime.parse(own.getString("expires_at")),
              SpokenSuites.parse(own.getString("suites")),
              signature);
      medium.put(prekey.id(), new Prekeys.Signed(prekey, pair));
    }
    Map<String, X25519.KeyPair> once = new LinkedHashMap<>();
    for (JsonValue item : oneTime) {
      JsonObject own = item.asJsonObject();
      once.put(own.getString("id"), X25519.fromPrivate(key(own, PRIVATE_KEY)));
    }
    return new Prekeys(bare.channel(), medium, once, kem(kem));
  }

  private static Map<String, Prekeys.Kem> kem(JsonArray kem) {
    Map<String, Prekeys.Kem> all = new LinkedHashMap<>();
    for (JsonValue item : kem) {
      JsonObject own = item.asJsonObject();
      MlKem768.KeyPair pair =
          MlKem768.fromSeed(
              SecretBytes.of(
                  Base64Url.decode(own.getString("seed"), MlKem768.SEED_SIZE).toArray()));
      KemPrekey prekey =
          new KemPrekey(
              own.getString("id"),
              KemPrekey.Kind.of(own.getString("kind"))
                  .orElseThrow(() -> new IllegalArgumentException("no such kind")),
              pair.publicKey(),
              WireTime.parse(own.getString("expires_at")),
              Base64Url.decode(own.getString("signature"), Ed25519.SIGNATURE_SIZE));
      all.put(prekey.id(), new Prekeys.Kem(prekey, pair));
    }
    return all;
  }

  private static KeyHistory history(JsonObject json) {
    Did did = Did.parse(json.getString("did", ""));
    return json.get("key_history") instanceof JsonArray statements
        ? KeyHistory.fromJson(did, statements)
        : KeyHistory.of(did);
  }

  /** A key of 32 bytes. */
  static SecretBytes key(JsonObject json, String member) {
    return SecretBytes.of(Base64Url.decode(json.getString(member, ""), 32).toArray());
  }

  /** A secret in the clear. */
  static String revealed(SecretBytes key) {
    byte[] clear = key.reveal();
    try {
      return Base64Url.encode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
