package io.talos.gateway.chain;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes refusals to the audit log, folded as {@link RefusalFold} says. */
@ApplicationScoped
public class Refusals {
  private final RefusalFold fold = new RefusalFold();
  private final @Nullable Journal journal;
  private final @Nullable UuidV7Generator ids;

  /** For the container's proxy only. */
  protected Refusals() {
    journal = null;
    ids = null;
  }

  @Inject
  Refusals(Journal journal, UuidV7Generator ids) {
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Records that a request was refused.
   *
   * @param unverifiedKeyId what an unknown caller called itself; the event takes it when it has the
   *     form of an agent's or virtual key's name, and of an operator only a commitment
   */
  void record(
      RequestContext context, ErrorCode code, Optional<String> unverifiedKeyId, Instant now) {
    JsonObjectBuilder meta = Json.createObjectBuilder();
    Optional<String> operator = unverifiedKeyId.flatMap(Refusals::operatorSubject);
    // An operator is a person, before it is let in as well as after.
    Map<String, String> personal =
        operator.map(subject -> Map.of(AuditEvent.OPERATOR_SUBJECT, subject)).orElse(Map.of());
    if (operator.isEmpty()) {
      unverifiedKeyId.ifPresent(id -> meta.add("unverified_key_id", id));
    }
    fold.count(RefusalFold.Caller.of(context), code, now)
        .ifPresent(folded -> write(context, code, folded, meta, personal));
  }

  private static Optional<String> operatorSubject(String id) {
    return id.startsWith(Principal.OPERATOR_PREFIX)
        ? Optional.of(id.substring(Principal.OPERATOR_PREFIX.length()))
        : Optional.empty();
  }

  /**
   * Records that the policy denied a request.
   *
   * @param access what roles and bindings said, when they are why
   */
  void recordDenied(
      RequestContext context, ErrorCode code, Optional<AccessDecision> access, Instant now) {
    JsonObjectBuilder meta = access.map(AccessMeta::of).orElseGet(() -> Json.createObjectBuilder());
    fold.count(RefusalFold.Caller.of(context), code, now)
        .ifPresent(folded -> write(context, code, folded, meta, Map.of()));
  }

  /** Records what was folded and would otherwise stay untold. */
  public void tellFolded(Instant now) {
    for (RefusalFold.Untold untold : fold.drain(now)) {
      RequestContext context =
          new RequestContext(
              identifiers().next(now),
              Optional.empty(),
              "folded",
              "*",
              "*",
              untold.key().caller().address(),
              untold.key().caller().principal());
      write(context, untold.key().code(), untold.count() - 1, Json.createObjectBuilder(), Map.of());
    }
  }

  private void write(
      RequestContext context,
      ErrorCode code,
      int folded,
      JsonObjectBuilder meta,
      Map<String, String> personal) {
    if (folded > 0) {
      meta.add("folded", folded);
    }
    AuditFacts facts =
        new AuditFacts(
            "request.refused",
            EventPhase.REFUSAL,
            EventResult.DENIED,
            Optional.of(code),
            OptionalInt.of(code.httpStatus()),
            Optional.empty(),
            meta.build(),
            personal,
            Optional.empty());
    if (journal == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    journal.refuse(context, facts);
  }

  private UuidV7Generator identifiers() {
    if (ids == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    return ids;
  }
}
