package io.talos.identity;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrekeyClaimed;
import io.talos.contracts.principal.Principal;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.KeyHistories;
import io.talos.identity.prekeys.KemPrekeys;
import io.talos.identity.prekeys.Limits;
import io.talos.identity.prekeys.Prekeys;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Gives the caller what it needs to open a channel with an agent. A one-time prekey of either kind
 * is given once and never again, whoever asks at the same time on whatever node. When none is left,
 * or the caller had {@value Limits#CLAIMS_MAX} of this agent within {@link Limits#CLAIM_WINDOW},
 * the bundle comes without one, and with the KEM prekey of last resort.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}, {@link ErrorCode#AGENT_REVOKED}, {@link
 * ErrorCode#PREKEY_UNAVAILABLE} when there is no signed prekey, when it has expired, or when the
 * KEM prekey of last resort that its suites need has. Audited as {@code prekey.claimed}.
 */
@Dependent
public class ClaimPrekeys {
  private final Agents agents;
  private final KeyHistories histories;
  private final Prekeys prekeys;
  private final KemPrekeys kemPrekeys;
  private final Event<PrekeyClaimed> claimed;
  private final InstantSource clock;

  @Inject
  ClaimPrekeys(
      Agents agents,
      KeyHistories histories,
      Prekeys prekeys,
      KemPrekeys kemPrekeys,
      Event<PrekeyClaimed> claimed,
      InstantSource clock) {
    this.agents = agents;
    this.histories = histories;
    this.prekeys = prekeys;
    this.kemPrekeys = kemPrekeys;
    this.claimed = claimed;
    this.clock = clock;
  }

  /**
   * What was given.
   *
   * @param left how many one-time prekeys are left, so that their owner can be told to bring more
   * @param kemLeft how many one-time KEM prekeys are left
   */
  public record Claimed(PrekeyBundle bundle, int left, int kemLeft) {}

  /** Claims prekeys of {@code owner} for {@code claimer}. */
  @Transactional
  public Outcome<Claimed> claim(Principal claimer, Did owner) {
    Instant now = clock.instant();
    Optional<Agent> agent = agents.find(owner);
    if (agent.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (!agent.get().isActive()) {
      return Outcome.refused(ErrorCode.AGENT_REVOKED);
    }
    return prekeys
        .signed(owner)
        .filter(signed -> !signed.isExpired(now) && hasLastResort(owner, signed, now))
        .map(signed -> Outcome.done(take(claimer, agent.get(), signed, now)))
        .orElseGet(() -> Outcome.refused(ErrorCode.PREKEY_UNAVAILABLE));
  }

  /** Whoever speaks the suite with a KEM always has a key for it, or is not to be reached. */
  private boolean hasLastResort(Did owner, SignedPrekey signed, Instant now) {
    return !signed.suites().holds(Suite.TALOS_PQXDH_2)
        || kemPrekeys.lastResort(owner).filter(last -> !last.isExpired(now)).isPresent();
  }

  /** Whoever opens a channel needs it as soon as another key than the DID's own speaks. */
  private List<KeyStatement> history(Agent agent) {
    return agent.currentKey().equals(agent.did().publicKey())
        ? List.of()
        : histories.statements(agent.did());
  }

  private Claimed take(Principal claimer, Agent agent, SignedPrekey signed, Instant now) {
    Instant since = now.minus(Limits.CLAIM_WINDOW);
    // Who had its share gets the bundle without one, so that a stranger cannot use them all up.
    Optional<OneTimePrekey> oneTime =
        prekeys.countClaims(agent.did(), claimer.id(), since) < Limits.CLAIMS_MAX
            ? prekeys.takeOneTime(agent.did(), claimer.id(), now)
            : Optional.empty();
    Optional<KemPrekey> kem =
        kemPrekeys.countClaims(agent.did(), claimer.id(), since) < Limits.CLAIMS_MAX
            ? kemPrekeys.takeOneTime(agent.did(), claimer.id(), now)
            : Optional.empty();
    kem = kem.or(() -> kemPrekeys.lastResort(agent.did()));
    int left = prekeys.countOneTime(agent.did());
    int kemLeft = kemPrekeys.countOneTime(agent.did(), now);
    claimed.fire(
        new PrekeyClaimed(
            agent.did().text(),
            signed.id(),
            oneTime.map(OneTimePrekey::id),
            kem.map(KemPrekey::id),
            left,
            kemLeft));
    return new Claimed(
        new PrekeyBundle(agent.keyAgreement(), signed, oneTime, kem, history(agent)),
        left,
        kemLeft);
  }
}
