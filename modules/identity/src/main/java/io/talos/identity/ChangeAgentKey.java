package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentKeyHistoryBegun;
import io.talos.contracts.event.AgentKeyRotated;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.event.Audited;
import io.talos.contracts.time.WireTime;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.KeyHistories;
import io.talos.identity.agents.StatementTime;
import io.talos.identity.prekeys.KemPrekeys;
import io.talos.identity.prekeys.Prekeys;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a signed statement at the end of an agent's key history. From the commit on the key that it
 * retires is refused on every node, and the prekeys that it signed are gone.
 *
 * <p>The statement proves itself, so whoever signs the request may bring it: an owner whose key was
 * stolen has no key that this server would still believe. Bringing the last statement again changes
 * nothing and succeeds.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}, {@link ErrorCode#AGENT_REVOKED}, {@link
 * ErrorCode#KEY_HISTORY_CONFLICT}, {@link ErrorCode#KEY_STATEMENT_INVALID}, {@link
 * ErrorCode#KEY_AGREEMENT_INVALID} when a new key comes without a key-agreement key that it
 * certified, or an old one with one. Audited as {@code agent.key_history_begun}, {@code
 * agent.key_rotated}, {@code agent.key_recovered} or {@code agent.revoked}.
 */
@Dependent
public class ChangeAgentKey {
  private final Agents agents;
  private final KeyHistories histories;
  private final Prekeys prekeys;
  private final KemPrekeys kemPrekeys;
  private final Event<Audited> told;
  private final InstantSource clock;

  @Inject
  ChangeAgentKey(
      Agents agents,
      KeyHistories histories,
      Prekeys prekeys,
      KemPrekeys kemPrekeys,
      Event<Audited> told,
      InstantSource clock) {
    this.agents = agents;
    this.histories = histories;
    this.prekeys = prekeys;
    this.kemPrekeys = kemPrekeys;
    this.told = told;
    this.clock = clock;
  }

  /** Accepts {@code statement} about {@code did}, with the key-agreement key that goes with it. */
  @Transactional
  public Outcome<KeyHistory> change(
      Did did, KeyStatement statement, Optional<IdentityKey> keyAgreement) {
    Instant now = WireTime.cut(clock.instant());
    if (!statement.did().equals(did)) {
      return Outcome.refused(ErrorCode.KEY_HISTORY_CONFLICT);
    }
    lock(did, statement.key());
    Optional<Agent> agent = agents.find(did);
    if (agent.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    KeyHistory history = KeyHistory.verify(did, histories.statements(did));
    if (history.last().filter(statement::equals).isPresent()) {
      return Outcome.done(history);
    }
    Optional<ErrorCode> refusal = refusal(agent.get(), history, statement, keyAgreement, now);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    histories.add(statement, now);
    apply(history, statement, keyAgreement, now);
    return Outcome.done(history.with(statement));
  }

  /**
   * Locks the agent, and the agent that would have the new key as its own: two that reach for one
   * key meet here, and the second sees what the first did. Always in one order, so that two who
   * reach for each other's keys do not wait for each other.
   */
  private void lock(Did did, Optional<Bytes> newKey) {
    Stream.concat(Stream.of(did), newKey.map(Did::ofKey).stream())
        .distinct()
        .sorted(Comparator.comparing(Did::text))
        .forEach(histories::lock);
  }

  private Optional<ErrorCode> refusal(
      Agent agent,
      KeyHistory history,
      KeyStatement statement,
      Optional<IdentityKey> keyAgreement,
      Instant now) {
    if (!agent.isActive()) {
      return Optional.of(ErrorCode.AGENT_REVOKED);
    }
    Optional<ErrorCode> refusal = history.refusal(statement);
    if (refusal.isPresent()) {
      return refusal;
    }
    boolean elsewhere = statement.key().filter(this::speaksElsewhere).isPresent();
    if (elsewhere || !StatementTime.isNear(statement, now)) {
      return Optional.of(ErrorCode.KEY_STATEMENT_INVALID);
    }
    return isCertified(statement.key(), keyAgreement)
        ? Optional.empty()
        : Optional.of(ErrorCode.KEY_AGREEMENT_INVALID);
  }

  private boolean speaksElsewhere(Bytes key) {
    return histories.isUsed(key) || agents.find(Did.ofKey(key)).isPresent();
  }

  private static boolean isCertified(Optional<Bytes> key, Optional<IdentityKey> keyAgreement) {
    if (key.isEmpty() || keyAgreement.isEmpty()) {
      return key.isEmpty() && keyAgreement.isEmpty();
    }
    return X25519.isPublicKey(keyAgreement.get().publicKey())
        && keyAgreement.get().isCertifiedBy(key.get());
  }

  private void apply(
      KeyHistory before, KeyStatement statement, Optional<IdentityKey> keyAgreement, Instant now) {
    String did = before.did().text();
    switch (statement.type()) {
      case INCEPTION -> told.fire(new AgentKeyHistoryBegun(did, statement.recovery()));
      case ROTATE, RECOVER -> {
        Bytes key = statement.key().orElseThrow();
        agents.rekey(before.did(), key, keyAgreement.orElseThrow());
        prekeys.lock(before.did());
        prekeys.forget(before.did(), now);
        kemPrekeys.forget(before.did(), now);
        told.fire(rotated(before, statement, key));
      }
      case REVOKE -> {
        agents.revoke(before.did(), now);
        told.fire(
            new AgentRevoked(
                did,
                before.currentKey(),
                statement.recoveryKey().isPresent()
                    ? AgentRevoked.By.RECOVERY_KEY
                    : AgentRevoked.By.CURRENT_KEY));
      }
    }
  }

  private static AgentKeyRotated rotated(KeyHistory before, KeyStatement statement, Bytes key) {
    return new AgentKeyRotated(
        before.did().text(),
        before.currentKey(),
        key,
        statement.sequence(),
        statement.type() == KeyStatement.Type.RECOVER
            ? AgentKeyRotated.Cause.RECOVERED
            : AgentKeyRotated.Cause.ROTATED,
        statement.hash().hex());
  }
}
