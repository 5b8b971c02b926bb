package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AccessControl;
import io.talos.contracts.port.AdmissionReceipts;
import io.talos.contracts.port.RequestAuthentication;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.gateway.mcp.McpMessage;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets a request in, or not. The one place, for every route, in this order: coarse limit by
 * address; surface; authentication; body; roles and capability; where strangers may act, their
 * limit by address; fine limit, idempotency and consumable rights in one reservation; durable
 * admission record. Only then the handler runs.
 *
 * <p>A refusal is recorded in the audit log; a body that cannot be read is not, because it changes
 * nothing and proves nothing.
 */
@Dependent
class EnforcementChain {
  /** What the admission's own transaction may still find out; it has the last word. */
  private static final Set<ErrorCode> LAST_WORDS =
      Set.of(
          ErrorCode.AUTH_REVOKED,
          ErrorCode.AUTH_EXPIRED,
          ErrorCode.PRINCIPAL_SUSPENDED,
          ErrorCode.CAPABILITY_REVOKED,
          ErrorCode.CAPABILITY_EXHAUSTED);

  private static final String HEAD = "HEAD";

  private final SurfaceRegistry surfaces;
  private final RequestAuthentication authentication;
  private final AccessControl access;
  private final Traffic traffic;
  private final RequestBody bodies;
  private final Journal journal;
  private final AdmissionReceipts receipts;
  private final CallPrices prices;
  private final Refusals refusals;
  private final GatewaySettings settings;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  EnforcementChain(
      SurfaceRegistry surfaces,
      RequestAuthentication authentication,
      AccessControl access,
      Traffic traffic,
      RequestBody bodies,
      Journal journal,
      AdmissionReceipts receipts,
      CallPrices prices,
      Refusals refusals,
      GatewaySettings settings,
      UuidV7Generator ids,
      InstantSource clock) {
    this.surfaces = surfaces;
    this.authentication = authentication;
    this.access = access;
    this.traffic = traffic;
    this.bodies = bodies;
    this.journal = journal;
    this.receipts = receipts;
    this.prices = prices;
    this.refusals = refusals;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
  }

  /** Decides about one request; when it answers {@link Passage.Open} the admission is durable. */
  Passage decide(Arrival arrival, UuidV7 requestId) {
    Instant now = clock.instant();
    try {
      return traffic
          .byAddress(arrival.clientAddress(), now)
          .match(
              passed -> route(arrival, requestId, now),
              before -> new Passage.Repeated(before.answer()),
              stopped -> limited(arrival, requestId, stopped, now));
    } catch (RequestBody.Unreadable e) {
      return new Passage.Shut(e.problem());
    }
  }

  private Passage route(Arrival arrival, UuidV7 requestId, Instant now) {
    Optional<Surface> surface =
        RawPath.isPlain(arrival.rawPath()) ? surface(arrival) : Optional.empty();
    if (surface.isEmpty()) {
      return unrouted(arrival);
    }
    if (!AcceptHeader.isReadable(arrival.headers().getOrDefault("accept", List.of()))) {
      return new Passage.Shut(Problem.of(ErrorCode.TALOS_INVALID_INPUT));
    }
    Step step = new Step(arrival, surface.get(), requestId, now);
    return surface.get().anonymous().isPresent() ? anonymous(step) : known(step);
  }

  /** What anybody may fetch, anybody may ask the headers of: RFC 9110 §9.3.2. */
  private Optional<Surface> surface(Arrival arrival) {
    return arrival.method().equals(HEAD)
        ? open(arrival.rawPath())
        : surfaces.find(arrival.method(), arrival.rawPath());
  }

  private Optional<Surface> open(String rawPath) {
    return surfaces.find("GET", rawPath).filter(surface -> surface.anonymous().isPresent());
  }

  /** The methods that a path takes. */
  private Set<String> methods(String rawPath) {
    Set<String> methods = new TreeSet<>(surfaces.methods(rawPath));
    if (open(rawPath).isPresent()) {
      methods.add(HEAD);
    }
    return methods;
  }

  private Passage unrouted(Arrival arrival) {
    Set<String> allowed =
        RawPath.isPlain(arrival.rawPath()) ? methods(arrival.rawPath()) : Set.of();
    return allowed.isEmpty()
        ? new Passage.Shut(Problem.of(ErrorCode.ROUTE_NOT_FOUND))
        : new Passage.Shut(Problem.of(ErrorCode.METHOD_NOT_ALLOWED), allowed);
  }

  private Passage anonymous(Step step) {
    Bytes body = bodies.read(step.arrival(), step.surface());
    bodies.check(body, step.surface());
    return new Passage.Open(
        step.surface(),
        step.context(Principal.anonymous()),
        body,
        Optional.empty(),
        Optional.empty());
  }

  private Passage known(Step step) {
    Bytes body = bodies.read(step.arrival(), step.surface());
    return authentication
        .authenticate(
            step.unverified(settings.baseUrl(), body), step.surface().unregistered(), step.now())
        .match(
            caller -> authorised(step, body, caller),
            refused ->
                refuse(
                    step,
                    step.context(Principal.anonymous()),
                    refused.code(),
                    refused.unverifiedKeyId()));
  }

  private Passage authorised(Step step, Bytes body, RequestAuthentication.Authenticated caller) {
    RequestContext context = step.context(caller.principal());
    if (!step.surface().credentials().contains(credential(caller.principal()))) {
      return refuse(step, context, ErrorCode.AUTH_METHOD_NOT_ALLOWED, Optional.empty());
    }
    Optional<JsonObject> json = bodies.check(body, step.surface());
    AccessControl.Question question =
        new AccessControl.Question(
            caller.principal(),
            step.surface(),
            PathParameters.of(step.surface().path(), step.arrival().rawPath()),
            step.arrival().clientAddress(),
            step.arrival().single("talos-capability"),
            toolCall(step, json),
            step.now());
    return access
        .decide(question)
        .match(
            allowed -> counted(step, context, body, caller.proof(), allowed, question.call()),
            denied -> denied(step, context, denied));
  }

  private Passage denied(Step step, RequestContext context, AccessControl.Denied denied) {
    refusals.recordDenied(context, denied.code(), denied.access(), step.now());
    return new Passage.Shut(Problem.of(denied.code()));
  }

  private static Credential credential(Principal principal) {
    if (principal.kind() == PrincipalKind.OPERATOR) {
      return Credential.JWT;
    }
    if (principal.kind() == PrincipalKind.AGENT) {
      return principal.mode() == AuthMode.SIGNED ? Credential.SIGNATURE : Credential.ATTESTATION;
    }
    return Credential.VIRTUAL_KEY;
  }

  private static Optional<AccessControl.ToolCall> toolCall(Step step, Optional<JsonObject> json) {
    if (step.surface().capability() != CapabilityUse.REQUIRED) {
      return Optional.empty();
    }
    String path = step.arrival().rawPath();
    String server = path.substring(path.lastIndexOf('/') + 1);
    return Optional.of(
        json.map(message -> McpMessage.parse(message).toolCall(server))
            .orElseGet(() -> McpMessage.endOfSession(server)));
  }

  private Passage counted(
      Step step,
      RequestContext context,
      Bytes body,
      Proof proof,
      AccessControl.Allowed allowed,
      Optional<AccessControl.ToolCall> call) {
    if (!step.surface().unregistered()) {
      return reserve(step, context, body, proof, allowed, call);
    }
    return traffic
        .byNewcomer(step.arrival().clientAddress(), step.surface(), step.now())
        .match(
            passed -> reserve(step, context, body, proof, allowed, call),
            before -> new Passage.Repeated(before.answer()),
            // With a new key each time nothing could be folded; so it counts as nobody's.
            stopped -> stopped(step, step.context(Principal.anonymous()), stopped));
  }

  private Passage reserve(
      Step step,
      RequestContext context,
      Bytes body,
      Proof proof,
      AccessControl.Allowed allowed,
      Optional<AccessControl.ToolCall> call) {
    Traffic.Claim claim =
        new Traffic.Claim(
            context.requestId(),
            context.principal(),
            access.limited(step.surface()),
            Sha256.of(Bytes.utf8(step.arrival().target() + "\n"), body),
            step.idempotencyKey(),
            priced(allowed.capability(), call),
            step.now());
    return traffic
        .reserve(claim)
        .match(
            passed -> admit(step, context, body, proof, claim, allowed, call),
            before -> new Passage.Repeated(before.answer()),
            stopped -> stopped(step, context, stopped));
  }

  /** The price is asked for only when a link limits what may be spent. */
  private Optional<AccessControl.CapabilityGrant> priced(
      Optional<AccessControl.CapabilityGrant> grant, Optional<AccessControl.ToolCall> call) {
    return grant.map(
        g ->
            g.limitsSpend()
                ? g.priced(call.map(AccessControl.ToolCall::server).map(prices::of).orElse(0L))
                : g);
  }

  private Passage admit(
      Step step,
      RequestContext context,
      Bytes body,
      Proof proof,
      Traffic.Claim claim,
      AccessControl.Allowed allowed,
      Optional<AccessControl.ToolCall> call) {
    RequestContext admitted = context.admitted(ids.next(step.now()));
    Evidence evidence =
        new Evidence(
            proof,
            allowed.capability().map(AccessControl.CapabilityGrant::hash),
            body.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(body)));
    try {
      journal.admit(admitted, claim, admission(evidence, allowed, call));
    } catch (TalosException e) {
      traffic.release(context.requestId());
      if (LAST_WORDS.contains(e.code())) {
        return refuse(step, context, e.code(), Optional.empty());
      }
      throw e;
    } catch (RuntimeException e) {
      traffic.release(context.requestId());
      throw e;
    }
    return new Passage.Open(
        step.surface(),
        admitted,
        body,
        Optional.of(claim),
        Optional.of(receipts.of(admitted.admissionId().orElseThrow())));
  }

  private static AuditFacts admission(
      Evidence evidence, AccessControl.Allowed allowed, Optional<AccessControl.ToolCall> call) {
    JsonObjectBuilder meta = AccessMeta.of(allowed.access());
    call.ifPresent(
        c -> {
          meta.add("mcp_method", c.method());
          c.tool().ifPresent(tool -> meta.add("tool", tool));
        });
    return new AuditFacts(
        "request.admitted",
        EventPhase.ADMISSION,
        EventResult.SUCCESS,
        Optional.empty(),
        OptionalInt.empty(),
        call.map(c -> new AuditFacts.Resource("mcp_server", c.server())),
        meta.build(),
        Map.of(),
        Optional.of(evidence));
  }

  private Passage limited(Arrival arrival, UuidV7 requestId, Traffic.Stopped stopped, Instant now) {
    RequestContext context =
        new RequestContext(
            requestId,
            Optional.empty(),
            "unrouted",
            arrival.method(),
            "*",
            arrival.clientAddress(),
            Principal.anonymous());
    refusals.record(context, stopped.code(), Optional.empty(), now);
    return new Passage.Shut(new Problem(stopped.code(), Optional.empty(), stopped.retryAfter()));
  }

  private Passage stopped(Step step, RequestContext context, Traffic.Stopped stopped) {
    refusals.record(context, stopped.code(), Optional.empty(), step.now());
    return new Passage.Shut(new Problem(stopped.code(), Optional.empty(), stopped.retryAfter()));
  }

  private Passage refuse(
      Step step, RequestContext context, ErrorCode code, Optional<String> unverifiedKeyId) {
    refusals.record(context, code, unverifiedKeyId, step.now());
    return new Passage.Shut(Problem.of(code));
  }

  /** A request on its way through the chain. */
  private record Step(Arrival arrival, Surface surface, UuidV7 requestId, Instant now) {
    RequestContext context(Principal principal) {
      return new RequestContext(
          requestId,
          Optional.empty(),
          surface.id(),
          surface.method(),
          surface.path(),
          arrival.clientAddress(),
          principal);
    }

    /** Reading changes nothing, so what it answered is not kept. */
    Optional<String> idempotencyKey() {
      return arrival.method().equals("GET") ? Optional.empty() : arrival.single("idempotency-key");
    }

    UnverifiedRequest unverified(String baseUrl, Bytes body) {
      return new UnverifiedRequest(
          surface.id(),
          arrival.method(),
          baseUrl + arrival.target(),
          arrival.headers(),
          body.isEmpty() ? Optional.empty() : Optional.of(body),
          arrival.clientAddress(),
          arrival.operator());
    }
  }
}
