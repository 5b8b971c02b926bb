package io.talos.contracts.capability;

import io.talos.contracts.Check;
import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a link gives, whoever gives it to whom.
 *
 * @param scope 1 to {@value Limits#SCOPES_MAX} scopes; any of them allows
 * @param notBefore from when on it is valid, that instant included
 * @param expiresAt when it ends; at that very instant it has ended
 * @param delegationDepth how many more links may follow
 * @param calls how many calls may be admitted under the link and everything that hangs on it
 * @param spendMicroUsd how much they may cost together, in millionths of a US dollar
 * @param sources the only networks that it may be used from; anywhere when empty
 * @param constraints what the arguments must be like; all of them hold
 */
public record Rights(
    List<Scope> scope,
    Optional<Instant> notBefore,
    Instant expiresAt,
    int delegationDepth,
    OptionalLong calls,
    OptionalLong spendMicroUsd,
    List<SourceNetwork> sources,
    List<Constraint> constraints) {

  /** Checks what can be checked without the other links. */
  public Rights {
    Check.that(!scope.isEmpty(), "a link allows at least one scope");
    Check.atMost(scope.size(), Limits.SCOPES_MAX, "the number of scopes");
    Check.atMost(sources.size(), Limits.SOURCES_MAX, "the number of networks");
    Check.atMost(constraints.size(), Limits.CONSTRAINTS_MAX, "the number of constraints");
    Check.that(
        delegationDepth >= 0 && delegationDepth < Limits.LINKS_MAX, "the depth fits a chain");
    Check.that(isLimit(calls), "a call limit is a positive number");
    Check.that(isLimit(spendMicroUsd), "a spend limit is a positive number");
    notBefore = notBefore.map(WireTime::cut);
    expiresAt = WireTime.cut(expiresAt);
    Check.that(
        notBefore.isEmpty() || notBefore.get().isBefore(expiresAt), "a link starts before it ends");
    scope = List.copyOf(scope);
    sources = List.copyOf(sources);
    constraints = List.copyOf(constraints);
  }

  private static boolean isLimit(OptionalLong limit) {
    return limit.isEmpty() || (limit.getAsLong() > 0 && limit.getAsLong() <= Limits.CALLS_MAX);
  }

  /** These scopes until then, to be passed on by nobody, and no other condition. */
  public static Rights of(List<Scope> scope, Instant expiresAt) {
    return new Rights(
        scope,
        Optional.empty(),
        expiresAt,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        List.of());
  }

  /** The same with other scopes. */
  public Rights withScope(List<Scope> other) {
    return new Rights(
        other, notBefore, expiresAt, delegationDepth, calls, spendMicroUsd, sources, constraints);
  }

  /** The same with another start. */
  public Rights startingAt(Instant start) {
    return new Rights(
        scope,
        Optional.of(start),
        expiresAt,
        delegationDepth,
        calls,
        spendMicroUsd,
        sources,
        constraints);
  }

  /** The same with another end. */
  public Rights expiringAt(Instant end) {
    return new Rights(
        scope, notBefore, end, delegationDepth, calls, spendMicroUsd, sources, constraints);
  }

  /** The same, to be passed on {@code depth} times. */
  public Rights withDelegationDepth(int depth) {
    return new Rights(
        scope, notBefore, expiresAt, depth, calls, spendMicroUsd, sources, constraints);
  }

  /** The same with another call limit. */
  public Rights withCalls(OptionalLong limit) {
    return new Rights(
        scope, notBefore, expiresAt, delegationDepth, limit, spendMicroUsd, sources, constraints);
  }

  /** The same with another spend limit. */
  public Rights withSpendMicroUsd(OptionalLong limit) {
    return new Rights(
        scope, notBefore, expiresAt, delegationDepth, calls, limit, sources, constraints);
  }

  /** The same for exactly these networks. */
  public Rights withSources(List<SourceNetwork> networks) {
    return new Rights(
        scope, notBefore, expiresAt, delegationDepth, calls, spendMicroUsd, networks, constraints);
  }

  /** The same under exactly these constraints. */
  public Rights withConstraints(List<Constraint> conditions) {
    return new Rights(
        scope, notBefore, expiresAt, delegationDepth, calls, spendMicroUsd, sources, conditions);
  }
}
