package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentRegistered;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.time.WireTime;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.DisplayName;
import io.talos.identity.agents.KeyHistories;
import io.talos.identity.agents.Registration;
import io.talos.identity.agents.StatementTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes the caller known here under its own key. The signature over the request is the proof that
 * it holds the key, so an agent registers itself and nobody else.
 *
 * <p>The registration may begin the agent's key history, and promise a recovery key with it.
 *
 * <p>Registering again changes nothing: the first registration stands, also a revoked one.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_DENIED} for another DID than the caller's, {@link
 * ErrorCode#KEY_INVALID}, {@link ErrorCode#KEY_STATEMENT_INVALID}, {@link
 * ErrorCode#TALOS_INVALID_INPUT} for the name, {@link ErrorCode#AGENT_EXISTS}. Audited as {@code
 * agent.registered}.
 */
@Dependent
public class RegisterAgent {
  private final Agents agents;
  private final KeyHistories histories;
  private final Event<AgentRegistered> registered;
  private final InstantSource clock;

  @Inject
  RegisterAgent(
      Agents agents,
      KeyHistories histories,
      Event<AgentRegistered> registered,
      InstantSource clock) {
    this.agents = agents;
    this.histories = histories;
    this.registered = registered;
    this.clock = clock;
  }

  /** Registers {@code caller} as it asks. */
  @Transactional
  public Outcome<Agent> register(Principal caller, Registration registration) {
    Instant now = WireTime.cut(clock.instant());
    Optional<ErrorCode> refusal = registration.refusal(caller.id());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    if (registration.inception().filter(first -> !StatementTime.isNear(first, now)).isPresent()) {
      return Outcome.refused(ErrorCode.KEY_STATEMENT_INVALID);
    }
    Agent agent = registration.agent(now);
    histories.lock(Did.ofKey(agent.currentKey()));
    // A key that speaks for somebody else does not become an agent of its own.
    if (histories.isUsed(agent.currentKey()) || !agents.add(agent)) {
      return Outcome.refused(ErrorCode.AGENT_EXISTS);
    }
    registration.inception().ifPresent(first -> histories.add(first, now));
    registered.fire(
        new AgentRegistered(
            agent.did().text(),
            agent.keyAgreement().publicKey(),
            agent.displayName().map(DisplayName::text),
            registration.inception().flatMap(KeyStatement::recovery)));
    return Outcome.done(agent);
  }
}
