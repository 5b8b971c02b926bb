package io.talos.contracts.audit;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a module says of something that happened; the audit module adds who, when and the hashes.
 *
 * @param kind dotted past-tense name such as {@code agent.registered}
 * @param phase where it stands
 * @param result how it ended
 * @param code the error code of a refusal or failure
 * @param httpStatus the response's status, for an outcome or refusal
 * @param resource the thing it happened to
 * @param meta at most {@value #META_MAX} scalar members, none of them personal or secret
 * @param personal personal data by name; it enters the event as salted commitments only
 * @param evidence the caller's proof, for an admission
 */
public record AuditFacts(
    String kind,
    EventPhase phase,
    EventResult result,
    Optional<ErrorCode> code,
    OptionalInt httpStatus,
    Optional<Resource> resource,
    JsonObject meta,
    Map<String, String> personal,
    Optional<Evidence> evidence) {

  /** Most meta members. */
  public static final int META_MAX = 32;

  /** Longest meta text in characters. */
  public static final int META_CHARACTERS_MAX = 1024;

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");

  /** The thing an event is about. */
  public record Resource(String type, String id) {
    /** Both are 1 to 255 characters. */
    public Resource {
      Check.that(!type.isBlank() && !id.isBlank(), "a resource has a type and an id");
      Check.atMost(Math.max(type.length(), id.length()), 255, "the length of type and id");
    }
  }

  /** Checks and copies. */
  public AuditFacts {
    Check.that(KIND.matcher(kind).matches(), "the kind is a dotted lower-case name");
    Check.atMost(meta.size(), META_MAX, "the number of meta members");
    for (JsonValue value : meta.values()) {
      Check.that(!(value instanceof JsonStructure), "meta members are scalars");
      Check.atMost(value.toString().length(), META_CHARACTERS_MAX + 2L, "a meta text's length");
    }
    personal = Map.copyOf(personal);
  }

  /** A change that was made. */
  public static AuditFacts act(String kind, Resource resource, JsonObject meta) {
    return new AuditFacts(
        kind,
        EventPhase.ACT,
        EventResult.SUCCESS,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(resource),
        meta,
        Map.of(),
        Optional.empty());
  }

  /** The same facts with personal data beside them. */
  public AuditFacts withPersonal(Map<String, String> values) {
    return new AuditFacts(kind, phase, result, code, httpStatus, resource, meta, values, evidence);
  }
}
