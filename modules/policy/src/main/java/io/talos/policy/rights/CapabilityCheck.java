package io.talos.policy.rights;

import io.talos.contracts.capability.Capability;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.port.AccessControl.Allowed;
import io.talos.contracts.port.AccessControl.CallLimit;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.AccessControl.Decision;
import io.talos.contracts.port.AccessControl.Denied;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.port.AccessControl.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a shown capability allows a tool call, on this server, to this caller, now.
 *
 * <p>A tool is a registered MCP server, a method is one of its tools. The messages that only open,
 * keep or end a session need any right within the server and spend no calls. {@code tools/call}
 * needs the tool that it names. Whatever else the protocol has, now or later, needs the whole
 * server and spends calls like a tool call, so that a narrow right never opens a side door.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_MISSING}, {@link ErrorCode#CAPABILITY_INVALID}, what
 * {@link CapabilityVerifier} refuses with, {@link ErrorCode#CAPABILITY_REVOKED}, {@link
 * ErrorCode#CAPABILITY_CONSTRAINT_VIOLATED}.
 */
public final class CapabilityCheck {
  private static final String TOOLS_CALL = "tools/call";
  private static final Set<String> SESSION =
      Set.of("initialize", "ping", "tools/list", "session/end");
  private static final String NOTIFICATION = "notifications/";

  private final CapabilityVerifier verifier;

  /** A check by {@code verifier}. */
  public CapabilityCheck(CapabilityVerifier verifier) {
    this.verifier = verifier;
  }

  /** Decides about a question that roles and bindings allow, as {@code access} says. */
  public Decision decide(AccessDecision access, Question question, RevokedIds revoked) {
    if (question.capability().isEmpty()) {
      return new Denied(ErrorCode.CAPABILITY_MISSING, "no capability was sent");
    }
    Optional<Need> need = question.call().flatMap(CapabilityCheck::need);
    if (need.isEmpty()) {
      return new Denied(ErrorCode.CAPABILITY_SCOPE_MISMATCH, "no capability covers this message");
    }
    UnverifiedCapability chain;
    try {
      chain = UnverifiedCapability.parse(question.capability().get());
    } catch (TalosException e) {
      return new Denied(e.code(), "the capability cannot be read");
    }
    Presentation shown = new Presentation(question.principal().id(), need.get(), question.now());
    return verifier
        .verify(chain, shown)
        .match(
            good -> use(access, good.capability(), question.call().get(), revoked),
            refused -> new Denied(refused.code(), refused.why()));
  }

  private static Decision use(
      AccessDecision access, Capability capability, ToolCall call, RevokedIds revoked) {
    if (revoked.containsAnyOf(capability.linkHashes())) {
      return new Denied(ErrorCode.CAPABILITY_REVOKED, "a link is revoked");
    }
    boolean session = isSession(call.method());
    if (!session && capability.brokenBy(call.arguments()).isPresent()) {
      return new Denied(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED, "an argument is not allowed");
    }
    CapabilityGrant grant =
        new CapabilityGrant(
            capability.hash(), capability.linkHashes(), session ? List.of() : limits(capability));
    return new Allowed(access, Optional.of(grant));
  }

  private static Optional<Need> need(ToolCall call) {
    if (call.server().isEmpty()) {
      return Optional.empty();
    }
    if (isSession(call.method())) {
      return Optional.of(new Need.Any(call.server()));
    }
    if (!call.method().equals(TOOLS_CALL)) {
      return Optional.of(new Need.Whole(call.server()));
    }
    // A call that names no tool asks for nothing that could be granted.
    return call.tool()
        .filter(tool -> !tool.isEmpty())
        .map(tool -> new Need.Call(call.server(), tool));
  }

  private static boolean isSession(String method) {
    return SESSION.contains(method) || method.startsWith(NOTIFICATION);
  }

  private static List<CallLimit> limits(Capability capability) {
    List<CallLimit> limits = new ArrayList<>();
    for (int i = 0; i < capability.links().size(); i++) {
      Link link = capability.links().get(i);
      if (link.terms().calls().isPresent()) {
        limits.add(new CallLimit(capability.linkHashes().get(i), link.terms().calls().getAsLong()));
      }
    }
    return limits;
  }
}
