package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Capability;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.CapabilityVerifier.Refused;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.Allowance.Kind;
import io.talos.contracts.port.AccessControl.Allowed;
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
 * <p>A capability that was verified before is not verified again; everything that can change since
 * is asked by the same code at every use. Pure Java without Redis, a database or a lock, but for
 * the one question by which the truth confirms a revocation. Thread safe.
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

  private static final Denied MISSING =
      new Denied(ErrorCode.CAPABILITY_MISSING, "no capability was sent");
  private static final Denied UNCOVERED =
      new Denied(ErrorCode.CAPABILITY_SCOPE_MISMATCH, "no capability covers this message");
  private static final Denied REVOKED =
      new Denied(ErrorCode.CAPABILITY_REVOKED, "a link, or a key that signed one, is revoked");
  private static final Denied BROKEN =
      new Denied(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED, "an argument is not allowed");

  private final CapabilityVerifier verifier;
  private final RevokedIds revoked;
  private final VerifiedTokens tokens;

  /**
   * A check by {@code verifier}.
   *
   * @param revoked what is revoked, as this node knows it
   * @param tokens what this verifier found good before
   */
  public CapabilityCheck(CapabilityVerifier verifier, RevokedIds revoked, VerifiedTokens tokens) {
    this.verifier = verifier;
    this.revoked = revoked;
    this.tokens = tokens;
  }

  /** Decides about a question that roles and bindings allow, as {@code access} says. */
  public Decision decide(AccessDecision access, Question question) {
    if (question.capability().isEmpty()) {
      return MISSING;
    }
    Optional<Need> need = question.call().flatMap(CapabilityCheck::need);
    if (need.isEmpty()) {
      return UNCOVERED;
    }
    Presentation shown =
        new Presentation(
            question.principal().id(),
            need.get(),
            question.now(),
            Optional.of(question.clientAddress()));
    String header = question.capability().get();
    VerifiedToken known = tokens.find(shown.presenter(), header);
    if (known == null) {
      return verify(access, question, shown, header);
    }
    Optional<Refused> refusal = verifier.refusal(known.capability(), shown);
    return refusal.isPresent() ? denied(refusal.get()) : use(access, question, known);
  }

  private Decision verify(
      AccessDecision access, Question question, Presentation shown, String header) {
    UnverifiedCapability chain;
    try {
      chain = UnverifiedCapability.parse(header);
    } catch (TalosException e) {
      return new Denied(e.code(), "the capability cannot be read");
    }
    return verifier
        .verify(chain, shown)
        .match(
            good -> {
              VerifiedToken token = new VerifiedToken(header, good.capability(), revoked);
              tokens.add(shown.presenter(), token, question.now());
              return use(access, question, token);
            },
            CapabilityCheck::denied);
  }

  private static Denied denied(Refused refused) {
    return new Denied(refused.code(), refused.why());
  }

  /** What is asked at every use, of a capability that is known and of one that is not. */
  private Decision use(AccessDecision access, Question question, VerifiedToken token) {
    if (token.isRevoked(revoked)) {
      return REVOKED;
    }
    ToolCall call = question.call().get();
    if (isSession(call.method())) {
      return new Allowed(access, token.session());
    }
    return token.capability().brokenBy(call.arguments()).isPresent()
        ? BROKEN
        : new Allowed(access, token.call());
  }

  /** What a call takes of the links that limit calls or money; its price is not known yet. */
  public static List<Allowance> allowances(Capability capability) {
    List<Allowance> allowances = new ArrayList<>();
    for (int i = 0; i < capability.links().size(); i++) {
      Terms terms = capability.links().get(i).terms();
      Bytes link = capability.linkHashes().get(i);
      terms.calls().ifPresent(max -> allowances.add(allowance(Kind.CALLS, link, max, terms)));
      terms
          .spendMicroUsd()
          .ifPresent(max -> allowances.add(allowance(Kind.SPEND, link, max, terms)));
    }
    return allowances;
  }

  private static Allowance allowance(Kind kind, Bytes link, long limit, Terms terms) {
    return new Allowance(kind, link, limit, kind == Kind.CALLS ? 1 : 0, terms.expiresAt());
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

  /** Whether a message only opens, keeps or ends a session. */
  static boolean isSession(String method) {
    return SESSION.contains(method) || method.startsWith(NOTIFICATION);
  }
}
