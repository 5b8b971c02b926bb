package io.talos.identity;

import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrekeysPublished;
import io.talos.contracts.principal.Principal;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.prekeys.Limits;
import io.talos.identity.prekeys.Prekeys;
import io.talos.identity.prekeys.Publication;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Leaves an agent's prekeys here, so that others can open channels with it while it is away. The
 * signed prekey replaces the one before; one-time prekeys are added, up to {@value
 * Limits#ONE_TIME_PREKEYS_MAX}. An id or key that was claimed before never comes back.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}, {@link ErrorCode#TALOS_DENIED} for another
 * agent's prekeys, {@link ErrorCode#AGENT_REVOKED}, {@link ErrorCode#PREKEY_INVALID}, {@link
 * ErrorCode#TALOS_INVALID_INPUT} for too many. A refused publication changes nothing. Audited as
 * {@code prekeys.published}.
 */
@Dependent
public class PublishPrekeys {
  private final Agents agents;
  private final Prekeys prekeys;
  private final Event<PrekeysPublished> published;
  private final InstantSource clock;

  @Inject
  PublishPrekeys(
      Agents agents, Prekeys prekeys, Event<PrekeysPublished> published, InstantSource clock) {
    this.agents = agents;
    this.prekeys = prekeys;
    this.published = published;
    this.clock = clock;
  }

  /**
   * What the agent has here now.
   *
   * @param left how many one-time prekeys
   */
  public record Stock(String signedPrekeyId, int left) {}

  /** Publishes for {@code owner}, which must be the caller. */
  @Transactional
  public Outcome<Stock> publish(Principal caller, Did owner, Publication publication) {
    Instant now = clock.instant();
    if (!owner.text().equals(caller.id())) {
      return Outcome.refused(ErrorCode.TALOS_DENIED);
    }
    prekeys.lock(owner);
    // Read under the lock: a rotation that was first has retired the key of this publication.
    Optional<Agent> agent = agents.find(owner);
    if (agent.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (!agent.get().isActive()) {
      return Outcome.refused(ErrorCode.AGENT_REVOKED);
    }
    List<OneTimePrekey> left = prekeys.oneTime(owner);
    Optional<ErrorCode> refusal = publication.refusal(owner, agent.get().currentKey(), left, now);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    List<OneTimePrekey> fresh = publication.fresh(left);
    if (prekeys.isSpent(owner, fresh)) {
      return Outcome.refused(ErrorCode.PREKEY_INVALID);
    }
    prekeys.replaceSigned(owner, publication.signed());
    prekeys.addOneTime(owner, fresh, now);
    String signedId = publication.signed().id();
    published.fire(
        new PrekeysPublished(
            owner.text(), signedId, publication.signed().expiresAt(), fresh.size()));
    return Outcome.done(new Stock(signedId, left.size() + fresh.size()));
  }
}
