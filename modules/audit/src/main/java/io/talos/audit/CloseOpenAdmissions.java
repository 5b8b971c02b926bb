package io.talos.audit;

import io.talos.audit.event.EventRows;
import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Limits;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Closes admissions of this node whose outcome will never come, because the server that would have
 * written it ended: they get the outcome {@code unknown}.
 *
 * <p>Only what this node admitted before it was last started, and at least the setting {@code
 * talos.audit.sweep-after-seconds} ago, is closed; a request that still runs is never touched. A
 * run closes at most {@link Limits#SWEEP_BATCH} and is safe to repeat.
 */
@Dependent
public class CloseOpenAdmissions {
  private final EventRows events;
  private final WriteEvent writeEvent;
  private final AuditSettings settings;

  @Inject
  CloseOpenAdmissions(EventRows events, WriteEvent writeEvent, AuditSettings settings) {
    this.events = events;
    this.writeEvent = writeEvent;
    this.settings = settings;
  }

  /** One run of a node that was started at {@code startedAt}; how many were closed. */
  @Transactional
  public int run(Instant startedAt, Instant now) {
    Instant old = now.minus(settings.sweepAfter());
    Instant before = old.isBefore(startedAt) ? old : startedAt;
    List<JsonObject> open = events.openAdmissions(settings.node(), before, Limits.SWEEP_BATCH);
    for (JsonObject admission : open) {
      writeEvent.write(unknown(), Optional.of(request(admission)), now);
    }
    return open.size();
  }

  private static AuditFacts unknown() {
    return new AuditFacts(
        "request.finished",
        EventPhase.OUTCOME,
        EventResult.UNKNOWN,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        JsonValue.EMPTY_JSON_OBJECT,
        Map.of(),
        Optional.empty());
  }

  /** The admitted request, with Talos itself as the one who says what became of it. */
  private static RequestContext request(JsonObject admission) {
    JsonObject http = admission.getJsonObject("http");
    return new RequestContext(
        new UuidV7(admission.getString("request_id")),
        Optional.of(new UuidV7(admission.getString("event_id"))),
        admission.getString("surface_id", ""),
        http.getString("method"),
        http.getString("path"),
        "",
        Principal.system());
  }
}
