package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one link says, before it is signed. Reading its JSON form and writing it again gives the
 * same canonical text.
 *
 * @param id names the link; says nothing about rights
 * @param issuer who signs: the authority at the root, then the subject of the link before
 * @param subject who may use the link or pass it on
 * @param audience the server that the whole chain is meant for; at the root only
 * @param scope 1 to {@value Limits#SCOPES_MAX} scopes; any of them allows
 * @param issuedAt when it was signed
 * @param notBefore from when on it is valid, that instant included
 * @param expiresAt when it ends; at that very instant it has ended
 * @param delegationDepth how many more links may follow
 * @param calls how many calls may be admitted under this link and everything that hangs on it
 * @param constraints what the arguments must be like; all of them hold
 * @param parent hash of the link before; empty at the root only
 */
public record Terms(
    UuidV7 id,
    Did issuer,
    Did subject,
    Optional<String> audience,
    List<Scope> scope,
    Instant issuedAt,
    Optional<Instant> notBefore,
    Instant expiresAt,
    int delegationDepth,
    OptionalLong calls,
    List<Constraint> constraints,
    Optional<Bytes> parent) {

  /**
   * The version that every link names. It also keeps a link's signature from being taken for a
   * signature over any other Talos object.
   */
  public static final String VERSION = "talos.capability/1";

  static final Set<String> MEMBERS =
      Set.of(
          "v",
          "id",
          "issuer",
          "subject",
          "audience",
          "scope",
          "issued_at",
          "not_before",
          "expires_at",
          "delegation_depth",
          "calls",
          "constraints",
          "parent");

  private static final int DID_CHARACTERS_MAX = 128;
  private static final int TIME_CHARACTERS_MAX = 32;
  private static final int ID_CHARACTERS_MAX = 36;

  /** Checks what can be checked without the other links. */
  public Terms {
    Check.that(issuer.method() == Did.Method.KEY, "the issuer's key is its DID");
    Check.that(subject.method() == Did.Method.KEY, "the subject's key is its DID");
    Check.that(audience.isPresent() == parent.isEmpty(), "the root alone names the audience");
    audience.ifPresent(
        a -> {
          Check.that(!a.isBlank(), "an audience is named");
          Check.atMost(a.length(), Limits.AUDIENCE_CHARACTERS_MAX, "the audience's length");
        });
    Check.that(!scope.isEmpty(), "a link allows at least one scope");
    Check.atMost(scope.size(), Limits.SCOPES_MAX, "the number of scopes");
    Check.atMost(constraints.size(), Limits.CONSTRAINTS_MAX, "the number of constraints");
    Check.that(
        delegationDepth >= 0 && delegationDepth < Limits.LINKS_MAX, "the depth fits a chain");
    calls.ifPresent(
        c -> Check.that(c > 0 && c <= Limits.CALLS_MAX, "a call limit is a positive number"));
    parent.ifPresent(p -> Check.that(p.size() == Sha256.SIZE, "the parent is a SHA-256"));
    issuedAt = WireTime.cut(issuedAt);
    notBefore = notBefore.map(WireTime::cut);
    expiresAt = WireTime.cut(expiresAt);
    Check.that(issuedAt.isBefore(expiresAt), "a link ends after it was issued");
    Check.that(
        notBefore.isEmpty() || notBefore.get().isBefore(expiresAt), "a link starts before it ends");
    scope = List.copyOf(scope);
    constraints = List.copyOf(constraints);
  }

  static Terms read(Members members) {
    if (!members.text("v", VERSION.length()).equals(VERSION)) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "an unknown version");
    }
    return new Terms(
        new UuidV7(members.text("id", ID_CHARACTERS_MAX)),
        did(members.text("issuer", DID_CHARACTERS_MAX)),
        did(members.text("subject", DID_CHARACTERS_MAX)),
        members.optionalText("audience", Limits.AUDIENCE_CHARACTERS_MAX),
        members.texts("scope", Limits.SCOPES_MAX, Limits.SCOPE_CHARACTERS_MAX).stream()
            .map(Scope::parse)
            .toList(),
        WireTime.parse(members.text("issued_at", TIME_CHARACTERS_MAX)),
        members.optionalText("not_before", TIME_CHARACTERS_MAX).map(WireTime::parse),
        WireTime.parse(members.text("expires_at", TIME_CHARACTERS_MAX)),
        (int) members.integer("delegation_depth", 0, Limits.LINKS_MAX - 1L),
        members.optionalInteger("calls", 1, Limits.CALLS_MAX),
        members.has("constraints")
            ? Constraint.parseAll(members.list("constraints", Limits.CONSTRAINTS_MAX))
            : List.of(),
        members.optionalText("parent", 2 * Sha256.SIZE).map(Hex::decode));
  }

  /** An alias is refused: it would be a second text for the same signed identity. */
  private static Did did(String text) {
    Did did = Did.parse(text);
    if (!did.text().equals(text)) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "a DID is not in its native form");
    }
    return did;
  }

  /** What the issuer signs, as JSON. */
  public JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("v", VERSION)
            .add("id", id.text())
            .add("issuer", issuer.text())
            .add("subject", subject.text())
            .add("scope", texts(scope.stream().map(Scope::text).toList()))
            .add("issued_at", WireTime.format(issuedAt))
            .add("expires_at", WireTime.format(expiresAt))
            .add("delegation_depth", delegationDepth);
    audience.ifPresent(a -> json.add("audience", a));
    notBefore.ifPresent(t -> json.add("not_before", WireTime.format(t)));
    calls.ifPresent(c -> json.add("calls", c));
    if (!constraints.isEmpty()) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      constraints.forEach(c -> array.add(c.json()));
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
