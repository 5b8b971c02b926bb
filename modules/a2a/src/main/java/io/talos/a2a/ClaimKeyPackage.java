package io.talos.a2a;

import io.talos.a2a.groups.KeyPackage;
import io.talos.a2a.groups.KeyPackages;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.KeyPackageClaimed;
import io.talos.contracts.port.AgentDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Gives the caller a key package of an agent. A single-use one is given once and never again,
 * whoever asks at the same time on whatever node. When none is left, or the caller had {@value
 * Limits#CLAIMS_MAX} of this agent within {@link Limits#CLAIM_WINDOW}, it is the last resort.
 *
 * <p>Source: RFC 9420 §10, §16.8.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND} when the owner is not a registered active
 * agent, {@link ErrorCode#TALOS_INVALID_INPUT} when it is the caller, {@link
 * ErrorCode#A2A_KEY_PACKAGE_NOT_FOUND} when there is nothing for this caller. Audited as {@code
 * key_package.claimed}.
 */
@Dependent
public class ClaimKeyPackage {
  private final KeyPackages packages;
  private final AgentDirectory agents;
  private final Event<KeyPackageClaimed> claimed;
  private final InstantSource clock;

  @Inject
  ClaimKeyPackage(
      KeyPackages packages,
      AgentDirectory agents,
      Event<KeyPackageClaimed> claimed,
      InstantSource clock) {
    this.packages = packages;
    this.agents = agents;
    this.claimed = claimed;
    this.clock = clock;
  }

  /** What was given, and whose it is. */
  public record Claimed(String agentId, KeyPackage keyPackage) {}

  /** Claims a key package of {@code agent} for {@code actor}. */
  @Transactional
  public Outcome<Claimed> claim(String actor, String agent) {
    Instant now = clock.instant();
    Optional<String> owner =
        agents.find(agent).filter(AgentDirectory.Agent::active).map(AgentDirectory.Agent::did);
    if (owner.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (owner.get().equals(actor)) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    return take(owner.get(), actor, now)
        .map(found -> Outcome.done(tell(owner.get(), found)))
        .orElseGet(() -> Outcome.refused(ErrorCode.A2A_KEY_PACKAGE_NOT_FOUND));
  }

  /** Who had its share gets the last resort, so that a stranger cannot use the others up. */
  private Optional<KeyPackage> take(String owner, String actor, Instant now) {
    boolean mayTake =
        packages.countClaims(owner, actor, now.minus(Limits.CLAIM_WINDOW)) < Limits.CLAIMS_MAX;
    Optional<KeyPackage> single = mayTake ? packages.take(owner, actor, now) : Optional.empty();
    return single.or(() -> packages.lastResort(owner));
  }

  private Claimed tell(String owner, KeyPackage found) {
    claimed.fire(
        new KeyPackageClaimed(owner, found.hash(), found.lastResort(), packages.count(owner)));
    return new Claimed(owner, found);
  }
}
