package io.talos.contracts.audit;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import jakarta.json.JsonObject;
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
 * @param meta a few plain facts, none of them personal or secret; only what {@code
 *     contracts/registry/audit_events.json} lists for the kind enters the event
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

  /** The same facts with other metadata. */
  public AuditFacts withMeta(JsonObject other) {
    return new AuditFacts(
        kind, phase, result, code, httpStatus, resource, other, personal, evidence);
  }

  /** The same facts with personal data beside them. */
  public AuditFacts withPersonal(Map<String, String> values) {
    return new AuditFacts(kind, phase, result, code, httpStatus, resource, meta, values, evidence);
  }
}
