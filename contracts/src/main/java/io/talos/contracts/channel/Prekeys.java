package io.talos.contracts.channel;

import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The prekeys that an agent published, with their private halves. It never leaves the client.
 *
 * <p>Immutable: accepting an initial message returns the stock without the one-time prekeys that it
 * used. Whoever keeps the old stock would accept the same message twice.
 *
 * @param identity the agent's identity
 * @param signed signed prekeys by id, at most {@value Limits#SIGNED_PREKEYS_MAX}, the newest last
 * @param oneTime one-time prekeys by id, at most {@value Limits#ONE_TIME_PREKEYS_MAX}
 * @param kem KEM prekeys of both kinds by id, at most {@value Limits#KEM_PREKEYS_MAX}, the newest
 *     last
 */
public record Prekeys(
    ChannelIdentity identity,
    Map<String, Signed> signed,
    Map<String, X25519.KeyPair> oneTime,
    Map<String, Kem> kem) {

  /** A signed prekey with its private half. */
  public record Signed(SignedPrekey prekey, X25519.KeyPair pair) {
    /** The halves belong together. */
    public Signed {
      Check.that(prekey.publicKey().equals(pair.publicKey()), "the prekey is for this key pair");
    }
  }

  /** A KEM prekey with its private half. */
  public record Kem(KemPrekey prekey, MlKem768.KeyPair pair) {
    /** The halves belong together. */
    public Kem {
      Check.that(prekey.publicKey().equals(pair.publicKey()), "the prekey is for this key pair");
    }
  }

  /** Checks the bounds and copies. */
  public Prekeys {
    Check.atMost(signed.size(), Limits.SIGNED_PREKEYS_MAX, "the number of signed prekeys");
    Check.atMost(oneTime.size(), Limits.ONE_TIME_PREKEYS_MAX, "the number of one-time prekeys");
    Check.atMost(kem.size(), Limits.KEM_PREKEYS_MAX, "the number of KEM prekeys");
    oneTime.keySet().forEach(OneTimePrekey::requireId);
    signed = Collections.unmodifiableMap(new LinkedHashMap<>(signed));
    oneTime = Collections.unmodifiableMap(new LinkedHashMap<>(oneTime));
    kem = Collections.unmodifiableMap(new LinkedHashMap<>(kem));
  }

  /** No prekeys yet. */
  public static Prekeys none(ChannelIdentity identity) {
    return new Prekeys(identity, Map.of(), Map.of(), Map.of());
  }

  /** The stock with a fresh signed prekey in it, which says what the agent speaks from now on. */
  public Prekeys withSigned(
      Ed25519.KeyPair signer,
      String id,
      Instant expiresAt,
      SpokenSuites suites,
      Randomness randomness) {
    X25519.KeyPair pair = X25519.generate(randomness);
    Map<String, Signed> more = new LinkedHashMap<>(signed);
    Signed fresh =
        new Signed(SignedPrekey.sign(did(), signer, id, pair.publicKey(), expiresAt, suites), pair);
    Check.that(more.put(id, fresh) == null, "a prekey id is used once");
    Check.that(
        fresh.prekey().isSignedBy(identity.did(), identity.signingKey()), "the agent's key signs");
    return new Prekeys(identity, more, oneTime, kem);
  }

  /** The stock with a fresh one-time prekey in it. */
  public Prekeys withOneTime(String id, Randomness randomness) {
    Map<String, X25519.KeyPair> more = new LinkedHashMap<>(oneTime);
    Check.that(more.put(id, X25519.generate(randomness)) == null, "a prekey id is used once");
    return new Prekeys(identity, signed, more, kem);
  }

  /** The stock with a fresh KEM prekey in it. */
  public Prekeys withKem(
      Ed25519.KeyPair signer,
      String id,
      KemPrekey.Kind kind,
      Instant expiresAt,
      Randomness randomness) {
    MlKem768.KeyPair pair = MlKem768.generate(randomness);
    Map<String, Kem> more = new LinkedHashMap<>(kem);
    Kem fresh = new Kem(KemPrekey.sign(did(), signer, id, kind, pair.publicKey(), expiresAt), pair);
    Check.that(more.put(id, fresh) == null, "a prekey id is used once");
    Check.that(
        fresh.prekey().isSignedBy(identity.did(), identity.signingKey()), "the agent's key signs");
    return new Prekeys(identity, signed, oneTime, more);
  }

  private Did did() {
    return Did.parse(identity.did());
  }

  /** The stock without the one-time prekeys that {@code message} used; the others serve again. */
  public Prekeys without(InitialMessage message) {
    Prekeys left = message.oneTimePrekeyId().map(this::withoutOneTime).orElse(this);
    return message.kem().map(part -> left.withoutOneTimeKem(part.prekeyId())).orElse(left);
  }

  /** The stock without a one-time prekey that has served. */
  public Prekeys withoutOneTime(String id) {
    Map<String, X25519.KeyPair> fewer = new LinkedHashMap<>(oneTime);
    fewer.remove(id);
    return new Prekeys(identity, signed, fewer, kem);
  }

  /** The stock without a one-time KEM prekey that has served; one of last resort stays. */
  public Prekeys withoutOneTimeKem(String id) {
    Map<String, Kem> fewer = new LinkedHashMap<>(kem);
    fewer
        .values()
        .removeIf(
            own -> own.prekey().id().equals(id) && own.prekey().kind() == KemPrekey.Kind.ONE_TIME);
    return new Prekeys(identity, signed, oneTime, fewer);
  }

  /** The stock without the signed prekeys that nobody is answered to any more. */
  public Prekeys withoutExpired(Instant now) {
    Instant end = now.minus(Limits.PREKEY_GRACE);
    Map<String, Signed> fewer = new LinkedHashMap<>(signed);
    fewer.values().removeIf(own -> own.prekey().isExpired(end));
    Map<String, Kem> fewerKem = new LinkedHashMap<>(kem);
    fewerKem.values().removeIf(own -> own.prekey().isExpired(end));
    return new Prekeys(identity, fewer, oneTime, fewerKem);
  }

  /** The newest signed prekey: the one that others should use. */
  public Optional<SignedPrekey> newest() {
    return signed.values().stream().reduce((older, newer) -> newer).map(Signed::prekey);
  }

  /** The newest KEM prekey of last resort. */
  public Optional<KemPrekey> lastResort() {
    return kemOf(KemPrekey.Kind.LAST_RESORT).reduce((older, newer) -> newer);
  }

  private Stream<KemPrekey> kemOf(KemPrekey.Kind kind) {
    return kem.values().stream().map(Kem::prekey).filter(prekey -> prekey.kind() == kind);
  }

  /**
   * The public halves as they are published: {@code {signed_prekey: {id, public_key, expires_at,
   * suites, signature}, one_time_prekeys: [{id, public_key}], last_resort_kem_prekey?: {id,
   * public_key, expires_at, signature}, one_time_kem_prekeys: [the same]}}. KEM prekeys that have
   * expired are left out.
   */
  public JsonObject publication(Instant now) {
    SignedPrekey prekey =
        newest().orElseThrow(() -> new IllegalStateException("there is no signed prekey"));
    JsonArrayBuilder keys = Json.createArrayBuilder();
    oneTime.forEach(
        (id, pair) -> keys.add(PrekeyFormat.write(new OneTimePrekey(id, pair.publicKey()))));
    JsonArrayBuilder kemKeys = Json.createArrayBuilder();
    kemOf(KemPrekey.Kind.ONE_TIME)
        .filter(own -> !own.isExpired(now))
        .forEach(own -> kemKeys.add(PrekeyFormat.write(own)));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("signed_prekey", PrekeyFormat.write(prekey))
            .add("one_time_prekeys", keys)
            .add("one_time_kem_prekeys", kemKeys);
    lastResort().ifPresent(last -> json.add("last_resort_kem_prekey", PrekeyFormat.write(last)));
    return json.build();
  }
}
