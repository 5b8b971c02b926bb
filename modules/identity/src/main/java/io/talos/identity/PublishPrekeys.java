package io.talos.identity;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrekeysPublished;
import io.talos.contracts.principal.Principal;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.prekeys.KemPrekeys;
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
 * signed prekey and the KEM prekey of last resort replace those before; one-time prekeys are added,
 * up to {@value Limits#ONE_TIME_PREKEYS_MAX}, and one-time KEM prekeys, up to {@value
 * Limits#ONE_TIME_KEM_PREKEYS_MAX}. An id or key that was claimed before never comes back.
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
  private final KemPrekeys kemPrekeys;
  private final Event<PrekeysPublished> published;
  private final InstantSource clock;

  @Inject
  PublishPrekeys(
      Agents agents,
      Prekeys prekeys,
      KemPrekeys kemPrekeys,
      Event<PrekeysPublished> published,
      InstantSource clock) {
    this.agents = agents;
    this.prekeys = prekeys;
    this.kemPrekeys = kemPrekeys;
    this.published = published;
    this.clock = clock;
  }

  /**
   * What the agent has here now.
   *
   * @param left how many one-time prekeys
   * @param kemLeft how many one-time KEM prekeys
   */
  public record Stock(SignedPrekey signed, int left, int kemLeft) {
    /** Whether the agent should bring more, of either kind that it uses. */
    public boolean isLow() {
      boolean usesKem = signed.suites().holds(Suite.TALOS_PQXDH_2);
      return left <= Limits.ONE_TIME_PREKEYS_LOW
          || (usesKem && kemLeft <= Limits.ONE_TIME_PREKEYS_LOW);
    }
  }

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
    List<KemPrekey> kemLeft = kemPrekeys.oneTime(owner, now);
    Optional<ErrorCode> refusal =
        publication.refusal(owner, agent.get().currentKey(), left, kemLeft, now);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    List<OneTimePrekey> fresh = publication.fresh(left);
    if (prekeys.isSpent(owner, fresh) || kemPrekeys.isSpent(owner, publication.kem())) {
      return Outcome.refused(ErrorCode.PREKEY_INVALID);
    }
    prekeys.replaceSigned(owner, publication.signed());
    prekeys.addOneTime(owner, fresh, now);
    List<KemPrekey> freshKem = publication.freshKem(kemLeft);
    kemPrekeys.publish(owner, publication.lastResort(), freshKem, now);
    SignedPrekey signed = publication.signed();
    published.fire(
        new PrekeysPublished(
            owner.text(), signed.id(), signed.expiresAt(), fresh.size(), freshKem.size()));
    return Outcome.done(
        new Stock(signed, left.size() + fresh.size(), kemLeft.size() + freshKem.size()));
  }
}
