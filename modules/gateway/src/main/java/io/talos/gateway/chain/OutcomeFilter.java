package io.talos.gateway.chain;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.gateway.GatewayLog;
import io.talos.gateway.mcp.McpOutcome;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Records the outcome of every admitted request, and dresses every response. */
@Provider
@Dependent
public class OutcomeFilter implements ContainerResponseFilter {
  private static final int FIRST_FAILURE = 400;
  private static final String CACHE_CONTROL = "Cache-Control";

  @Inject private Journal journal;
  @Inject private CurrentOutcome outcome;
  @Inject private AnswerMemory memory;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    boolean secret = String.valueOf(headers.getFirst(CACHE_CONTROL)).contains("no-store");
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putIfAbsent(CACHE_CONTROL, List.of("no-store"));
    Object requestId = request.getProperty(EnforcementFilter.REQUEST_ID);
    if (requestId != null) {
      headers.putSingle("Talos-Request-Id", requestId);
    }
    if (request.getProperty(EnforcementFilter.OPEN) instanceof Passage.Open open
        && open.claim().isPresent()) {
      open.context().admissionId().ifPresent(id -> headers.putSingle("Talos-Admission", id.text()));
      open.receipt().ifPresent(receipt -> headers.putSingle(AdmissionReceipt.HEADER, receipt));
      finish(open, facts(open, response));
      memory.prepare(open.claim().get(), response, secret).ifPresent(k -> keep(request, k));
    }
  }

  private static void keep(ContainerRequestContext request, AnswerMemory.Kept kept) {
    request.setProperty(AnswerKeeper.KEEP, kept);
  }

  private void finish(Passage.Open open, AuditFacts facts) {
    try {
      journal.finish(open.context(), facts);
    } catch (RuntimeException e) {
      // What the handler did is committed and must be told to the caller whatever goes wrong here;
      // the admission without an outcome stays visible and is closed as unknown.
      GatewayLog.outcomeNotRecorded(e);
    }
  }

  private AuditFacts facts(Passage.Open open, ContainerResponseContext response) {
    int status = response.getStatus();
    Optional<ErrorCode> code =
        response.getEntity() instanceof Problem problem
            ? Optional.of(problem.code())
            : Optional.empty();
    // Only a forwarded call has an upstream's answer, and it is answered within its request; an
    // answer that waited for something comes from a thread without one.
    JsonObject meta =
        open.surface().capability() == CapabilityUse.REQUIRED
            ? outcome.forwarded().map(McpOutcome::meta).orElse(JsonValue.EMPTY_JSON_OBJECT)
            : JsonValue.EMPTY_JSON_OBJECT;
    return new AuditFacts(
        "request.finished",
        EventPhase.OUTCOME,
        status < FIRST_FAILURE ? EventResult.SUCCESS : EventResult.FAILURE,
        code,
        OptionalInt.of(status),
        Optional.empty(),
        meta,
        Map.of(),
        Optional.empty());
  }
}
