package io.talos.contracts.channel;

import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The prekeys that an agent published, with their private halves. It never leaves the client.
 *
 * <p>Immutable: accepting an initial message returns the stock without the one-time prekey that it
 * used. Whoever keeps the old stock would accept the same message twice.
 *
 * @param identity the agent's identity
 * @param signed signed prekeys by id, at most {@value Limits#SIGNED_PREKEYS_MAX}, the newest last
 * @param oneTime one-time prekeys by id, at most {@value Limits#ONE_TIME_PREKEYS_MAX}
 */
public record Prekeys(
    ChannelIdentity identity, Map<String, Signed> signed, Map<String, X25519.KeyPair> oneTime) {

  /** A signed prekey with its private half. */
  public record Signed(SignedPrekey prekey, X25519.KeyPair pair) {
    /** The halves belong together. */
    public Signed {
      Check.that(prekey.publicKey().equals(pair.publicKey()), "the prekey is for this key pair");
    }
  }

  /** Checks the bounds and copies. */
  public Prekeys {
    Check.atMost(signed.size(), Limits.SIGNED_PREKEYS_MAX, "the number of signed prekeys");
    Check.atMost(oneTime.size(), Limits.ONE_TIME_PREKEYS_MAX, "the number of one-time prekeys");
    oneTime.keySet().forEach(OneTimePrekey::requireId);
    signed = Collections.unmodifiableMap(new LinkedHashMap<>(signed));
    oneTime = Collections.unmodifiableMap(new LinkedHashMap<>(oneTime));
  }

  /** No prekeys yet. */
  public static Prekeys none(ChannelIdentity identity) {
    return new Prekeys(identity, Map.of(), Map.of());
  }

  /** The stock with a fresh signed prekey in it. */
  public Prekeys withSigned(
      Ed25519.KeyPair signer, String id, Instant expiresAt, Randomness randomness) {
    X25519.KeyPair pair = X25519.generate(randomness);
    Map<String, Signed> more = new LinkedHashMap<>(signed);
    Signed fresh =
        new Signed(
            SignedPrekey.sign(Did.parse(identity.did()), signer, id, pair.publicKey(), expiresAt),
            pair);
    Check.that(more.put(id, fresh) == null, "a prekey id is used once");
    Check.that(
        fresh.prekey().isSignedBy(identity.did(), identity.signingKey()), "the agent's key signs");
    return new Prekeys(identity, more, oneTime);
  }

  /** The stock with a fresh one-time prekey in it. */
  public Prekeys withOneTime(String id, Randomness randomness) {
    Map<String, X25519.KeyPair> more = new LinkedHashMap<>(oneTime);
    Check.that(more.put(id, X25519.generate(randomness)) == null, "a prekey id is used once");
    return new Prekeys(identity, signed, more);
  }

  /** The stock without a one-time prekey that has served. */
  public Prekeys withoutOneTime(String id) {
    Map<String, X25519.KeyPair> fewer = new LinkedHashMap<>(oneTime);
    fewer.remove(id);
    return new Prekeys(identity, signed, fewer);
  }

  /** The stock without the signed prekeys that nobody is answered to any more. */
  public Prekeys withoutExpired(Instant now) {
    Map<String, Signed> fewer = new LinkedHashMap<>(signed);
    fewer.values().removeIf(own -> own.prekey().isExpired(now.minus(Limits.PREKEY_GRACE)));
    return new Prekeys(identity, fewer, oneTime);
  }

  /** The newest signed prekey: the one that others should use. */
  public Optional<SignedPrekey> newest() {
    return signed.values().stream().reduce((older, newer) -> newer).map(Signed::prekey);
  }

  /**
   * The public halves as they are published: {@code {signed_prekey: {id, public_key, expires_at,
   * signature}, one_time_prekeys: [{id, public_key}]}}.
   */
  public JsonObject publication() {
    SignedPrekey prekey =
        newest().orElseThrow(() -> new IllegalStateException("there is no signed prekey"));
    JsonArrayBuilder keys = Json.createArrayBuilder();
    oneTime.forEach(
        (id, pair) ->
            keys.add(
                Json.createObjectBuilder()
                    .add("id", id)
                    .add("public_key", Base64Url.encode(pair.publicKey()))));
    return Json.createObjectBuilder()
        .add(
            "signed_prekey",
            Json.createObjectBuilder()
                .add("id", prekey.id())
                .add("public_key", Base64Url.encode(prekey.publicKey()))
                .add("expires_at", WireTime.format(prekey.expiresAt()))
                .add("signature", Base64Url.encode(prekey.signature())))
        .add("one_time_prekeys", keys)
        .build();
  }
}
