package io.talos.contracts.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One finished event of the form {@code talos.audit_event} v2: what is hashed, and beside it what
 * must not be in it.
 *
 * <p>The JSON holds no personal datum, only commitments to it, no null and no fraction. Agents and
 * virtual keys are named, because strangers must be able to check their signatures; operators are
 * persons and appear as a commitment under {@value #OPERATOR_SUBJECT}. The caller's address appears
 * as a commitment and under a key that does not last, see {@link AddressHash}. {@code event_hash}
 * is SHA-256 over the canonical JSON of all other members.
 *
 * <p>Source: contracts/schemas/audit/audit_event.v2; RFC 8785 for the canonical form.
 *
 * @param json the event with its hash
 * @param openings what the commitments hide, by member name
 * @param signatureBase the exact bytes that the caller signed, on the admission of a signed request
 */
public record AuditEvent(
    JsonObject json, SortedMap<String, Opening> openings, Optional<Bytes> signatureBase) {
  /** The form's name. */
  public static final String SCHEMA_ID = "talos.audit_event";

  /** The form's version. */
  public static final String SCHEMA_VERSION = "v2";

  /** The member that holds the hash, and that the hash leaves out. */
  public static final String EVENT_HASH = "event_hash";

  /** Commitment to the caller's network address. */
  public static final String CLIENT_ADDRESS = "client_address";

  /** Commitment to an operator's subject. */
  public static final String OPERATOR_SUBJECT = "operator_subject";

  /** Most commitments of one event. */
  public static final int COMMITMENTS_MAX = 16;

  /** Most meta members. */
  public static final int META_MAX = 32;

  /** Longest meta text in characters. */
  public static final int META_CHARACTERS_MAX = 1024;

  private static final Pattern META_KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final String OPERATOR_PREFIX = "operator:";
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");

  /** Copies. */
  public AuditEvent {
    openings = Collections.unmodifiableSortedMap(new TreeMap<>(openings));
  }

  /**
   * Where an event stands: its id, its time, and its place in the sequence of one source.
   *
   * @param source who counts, {@code <node>/<stripe>}
   * @param sourceSeq 0 for the source's first event and one more for each next, without a gap
   */
  public record Place(UuidV7 eventId, Instant ts, String source, long sourceSeq) {
    /** A sequence number is one that every JSON reader keeps exactly. */
    public Place {
      Check.that(0 <= sourceSeq && sourceSeq <= Limits.INTEGER_MAX, "a sequence number is exact");
    }
  }

  /** As below, of a request whose address is not told. */
  public static AuditEvent of(
      AuditFacts facts, Optional<RequestContext> request, Place place, Randomness randomness) {
    return of(facts, request, place, Optional.empty(), randomness);
  }

  /**
   * Builds the event.
   *
   * @param request the request in which it happened; without one Talos itself acted
   * @param address the request's address under the key of the time
   */
  public static AuditEvent of(
      AuditFacts facts,
      Optional<RequestContext> request,
      Place place,
      Optional<AddressHash> address,
      Randomness randomness) {
    SortedMap<String, Opening> openings = openings(facts, request, randomness);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", SCHEMA_ID)
            .add("schema_version", SCHEMA_VERSION)
            .add("event_id", place.eventId.text())
            .add("ts", WireTime.format(place.ts))
            .add("phase", facts.phase().wire())
            .add("kind", facts.kind())
            .add("result", facts.result().wire())
            .add("source", place.source)
            .add("source_seq", place.sourceSeq)
            .add("principal", principal(request.map(RequestContext::principal)))
            .add("meta", meta(facts.meta()));
    facts.code().ifPresent(code -> json.add("code", code.name()));
    facts.resource().ifPresent(r -> json.add("resource", resource(r)));
    facts.evidence().ifPresent(e -> json.add("evidence", evidence(e)));
    request.ifPresent(context -> addRequest(json, context, facts, address));
    JsonObjectBuilder commitments = Json.createObjectBuilder();
    openings.forEach((name, opening) -> commitments.add(name, opening.commitment().hex()));
    JsonObject unhashed = json.add("commitments", commitments).build();
    String hash = Sha256.hex(CanonicalJson.encode(unhashed));
    return new AuditEvent(
        Json.createObjectBuilder(unhashed).add(EVENT_HASH, hash).build(),
        openings,
        facts.evidence().flatMap(AuditEvent::base));
  }

  private static void addRequest(
      JsonObjectBuilder json,
      RequestContext context,
      AuditFacts facts,
      Optional<AddressHash> address) {
    json.add("request_id", context.requestId().text());
    if (!context.surfaceId().isEmpty()) {
      json.add("surface_id", context.surfaceId());
    }
    // The admission is the event itself; what follows points back to it.
    if (facts.phase() != EventPhase.ADMISSION) {
      context.admissionId().ifPresent(id -> json.add("admission_id", id.text()));
    }
    JsonObjectBuilder http =
        Json.createObjectBuilder()
            .add("method", method(context.method()))
            .add("path", context.pathTemplate());
    facts.httpStatus().ifPresent(status -> http.add("status", status));
    address.ifPresent(
        keyed ->
            http.add("client_ip_hash", keyed.hash().hex())
                .add("client_ip_hash_alg", AddressHash.ALGORITHM)
                .add("client_ip_hash_key_id", keyed.keyId()));
    json.add("http", http);
  }

  /** A method is the caller's to choose, so only a plain word of it enters the event. */
  private static String method(String method) {
    return METHOD.matcher(method).matches() ? method : "OTHER";
  }

  private static SortedMap<String, Opening> openings(
      AuditFacts facts, Optional<RequestContext> request, Randomness randomness) {
    SortedMap<String, String> personal = new TreeMap<>(facts.personal());
    request.ifPresent(
        context -> {
          personal.put(CLIENT_ADDRESS, context.clientAddress());
          if (context.principal().kind() == PrincipalKind.OPERATOR) {
            personal.put(OPERATOR_SUBJECT, subject(context.principal()));
          }
        });
    personal.values().removeIf(String::isEmpty);
    Check.atMost(personal.size(), COMMITMENTS_MAX, "the number of personal members");
    SortedMap<String, Opening> openings = new TreeMap<>();
    personal.forEach((name, value) -> openings.put(name, Opening.of(value, randomness)));
    return openings;
  }

  private static String subject(Principal operator) {
    return operator.id().startsWith(OPERATOR_PREFIX)
        ? operator.id().substring(OPERATOR_PREFIX.length())
        : operator.id();
  }

  private static JsonObjectBuilder principal(Optional<Principal> caller) {
    Principal principal = caller.orElseGet(Principal::system);
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("kind", principal.kind().wire())
            .add(
                "auth_mode",
                principal.kind() == PrincipalKind.SYSTEM ? "internal" : principal.mode().wire());
    if (principal.kind() == PrincipalKind.AGENT || principal.kind() == PrincipalKind.CLIENT) {
      json.add("id", principal.id());
    }
    return json;
  }

  private static JsonObject meta(JsonObject meta) {
    Check.atMost(meta.size(), META_MAX, "the number of meta members");
    for (Map.Entry<String, JsonValue> member : meta.entrySet()) {
      Check.that(META_KEY.matcher(member.getKey()).matches(), "a meta key is a lower-case word");
      JsonValue value = member.getValue();
      Check.that(value.getValueType() != JsonValue.ValueType.NULL, "meta holds no null");
      Check.that(!(value instanceof JsonStructure), "meta members are scalars");
      if (value instanceof JsonString text) {
        Check.atMost(text.getChars().length(), META_CHARACTERS_MAX, "a meta text's length");
      }
      if (value instanceof JsonNumber number) {
        Check.that(
            number.isIntegral() && number.bigIntegerValue().abs().bitLength() <= Long.SIZE - 11,
            "meta holds whole numbers that every JSON reader keeps exactly");
      }
    }
    return meta;
  }

  private static JsonObjectBuilder resource(AuditFacts.Resource resource) {
    return Json.createObjectBuilder().add("type", resource.type()).add("id", resource.id());
  }

  private static JsonObjectBuilder evidence(Evidence evidence) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("key_id", evidence.proof().keyId());
    evidence
        .proof()
        .match(
            signed ->
                json.add("mode", AuthMode.SIGNED.wire())
                    .add("signature", Base64Url.encode(signed.signature()))
                    .add("signature_base_sha256", Sha256.hex(signed.base())),
            bearer -> json.add("mode", AuthMode.BEARER.wire()));
    evidence.capabilityHash().ifPresent(hash -> json.add("capability_hash", hash.hex()));
    evidence.contentDigest().ifPresent(digest -> json.add("content_digest", digest.hex()));
    return json;
  }

  private static Optional<Bytes> base(Evidence evidence) {
    return evidence.proof().match(signed -> Optional.of(signed.base()), b -> Optional.empty());
  }

  /** The text that is stored and served: canonical, with the hash. */
  public String canonical() {
    return CanonicalJson.encode(json).utf8();
  }

  /** The event's id. */
  public UuidV7 eventId() {
    return new UuidV7(json.getString("event_id"));
  }

  /** The event's hash. */
  public Bytes hash() {
    return Hex.decode(json.getString(EVENT_HASH));
  }

  /** The hash that {@code event} should have, computed from its other members. */
  public static Bytes hashOf(JsonObject event) {
    return Sha256.of(CanonicalJson.encodeWithout(event, EVENT_HASH));
  }
}
