package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one link says, before it is signed. Reading its JSON form and writing it again gives the
 * same canonical text.
 *
 * @param id names the link; says nothing about rights
 * @param issuer who signs: the authority at the root, then the subject of the link before
 * @param issuerKey the Ed25519 key that signs, when it is not the one that the issuer's DID is
 * @param subject who may use the link or pass it on
 * @param audience the server that the whole chain is meant for; at the root only
 * @param issuedAt when it was signed
 * @param rights what the link gives
 * @param parent hash of the link before; empty at the root only
 */
public record Terms(
    UuidV7 id,
    Did issuer,
    Optional<Bytes> issuerKey,
    Did subject,
    Optional<String> audience,
    Instant issuedAt,
    Rights rights,
    Optional<Bytes> parent) {

  /**
   * The version that every link names. It also keeps a link's signature from being taken for a
   * signature over any other Talos object.
   */
  public static final String VERSION = "talos.capability/1";

  /** Checks what can be checked without the other links. */
  public Terms {
    Check.that(issuer.method() == Did.Method.KEY, "the issuer's key is its DID");
    Check.that(subject.method() == Did.Method.KEY, "the subject's key is its DID");
    Check.that(audience.isPresent() == parent.isEmpty(), "the root alone names the audience");
    if (issuerKey.isPresent()) {
      Check.that(
          !issuer.multikey().equals(Multikey.ed25519(issuerKey.get()).text()),
          "the issuer's own key is not named");
    }
    audience.ifPresent(
        a -> {
          Check.that(
              !a.isEmpty() && a.chars().allMatch(c -> c > ' ' && c <= '~'),
              "an audience is printable ASCII without spaces");
          Check.atMost(a.length(), Limits.AUDIENCE_CHARACTERS_MAX, "the audience's length");
        });
    parent.ifPresent(p -> Check.that(p.size() == Sha256.SIZE, "the parent is a SHA-256"));
    issuedAt = WireTime.cut(issuedAt);
    Check.that(issuedAt.isBefore(rights.expiresAt()), "a link ends after it was issued");
  }

  /** The key that signs. */
  public Bytes signingKey() {
    return issuerKey.isPresent() ? issuerKey.get() : issuer.publicKey();
  }

  /** Any of them allows. */
  public List<Scope> scope() {
    return rights.scope();
  }

  /** From when on the link is valid. */
  public Optional<Instant> notBefore() {
    return rights.notBefore();
  }

  /** When it ends. */
  public Instant expiresAt() {
    return rights.expiresAt();
  }

  /** How many more links may follow. */
  public int delegationDepth() {
    return rights.delegationDepth();
  }

  /** How many calls may be admitted. */
  public OptionalLong calls() {
    return rights.calls();
  }

  /** How much they may cost together. */
  public OptionalLong spendMicroUsd() {
    return rights.spendMicroUsd();
  }

  /** What the arguments must be like. */
  public List<Constraint> constraints() {
    return rights.constraints();
  }

  /** What the issuer signs: the canonical JSON. */
  public Bytes signed() {
    return CanonicalJson.encode(json());
  }

  /** What the issuer signs, as JSON. */
  public JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("v", VERSION)
            .add("id", id.text())
            .add("issuer", issuer.text())
            .add("subject", subject.text())
            .add("scope", texts(scope().stream().map(Scope::text).toList()))
            .add("issued_at", WireTime.format(issuedAt))
            .add("expires_at", WireTime.format(expiresAt()))
            .add("delegation_depth", delegationDepth());
    issuerKey.ifPresent(k -> json.add("issuer_key", Multikey.ed25519(k).text()));
    audience.ifPresent(a -> json.add("audience", a));
    notBefore().ifPresent(t -> json.add("not_before", WireTime.format(t)));
    calls().ifPresent(c -> json.add("calls", c));
    spendMicroUsd().ifPresent(s -> json.add("spend_micro_usd", s));
    if (!rights.sources().isEmpty()) {
      json.add("sources", texts(rights.sources().stream().map(SourceNetwork::text).toList()));
    }
    if (!constraints().isEmpty()) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      constraints().forEach(c -> array.add(c.json()));
      json.add("constraints", array);
    }
    parent.ifPresent(p -> json.add("parent", p.hex()));
    return json.build();
  }

  private static JsonArrayBuilder texts(List<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array;
  }
}
