package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.http.SignatureVerification;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.RequestAuthentication;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.KeyHistories;
import io.talos.identity.authentication.Attestation;
import io.talos.identity.authentication.Credential;
import io.talos.identity.authentication.Limits;
import io.talos.identity.authentication.Nonces;
import io.talos.identity.authentication.OperatorKeys;
import io.talos.identity.authentication.Roles;
import io.talos.identity.keys.VirtualKeyText;
import io.talos.identity.ops.IdentitySettings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Knows callers by this server's own registrations and keys, and operators by tokens that the
 * server has verified.
 *
 * <p>A signature is checked in the order of what it costs a stranger: its form and life, the
 * signature itself, the registration, and last the nonce, so that nobody without a registered key
 * writes to the memory of nonces on a surface that needs one.
 */
@Dependent
public class LocalRequestAuthentication implements RequestAuthentication {
  /** What is wrong with a request; anything else is wrong with the server. */
  private static final Set<ErrorCode> ATTESTATION_REFUSALS =
      Set.of(
          ErrorCode.AUTH_INVALID,
          ErrorCode.AUTH_EXPIRED,
          ErrorCode.SCHEMA_VALIDATION_ERROR,
          ErrorCode.REPLAY_DETECTED);

  private final Agents agents;
  private final KeyHistories histories;
  private final Nonces nonces;
  private final VirtualKeyAuthentication keys;
  private final MemberStanding standing;
  private final OperatorKeys operatorKeys;
  private final SignatureVerification signatures;

  @Inject
  LocalRequestAuthentication(
      Agents agents,
      KeyHistories histories,
      Nonces nonces,
      VirtualKeyAuthentication keys,
      MemberStanding standing,
      OperatorKeys operatorKeys,
      IdentitySettings settings) {
    this.agents = agents;
    this.histories = histories;
    this.nonces = nonces;
    this.keys = keys;
    this.standing = standing;
    this.operatorKeys = operatorKeys;
    this.signatures = new SignatureVerification(settings.signatureSkew());
  }

  // Without a transaction the server would keep the connection of these reads until the request
  // ends, and as many requests as the pool is large would each wait for a second one.
  @Override
  @Transactional
  public Result authenticate(UnverifiedRequest request, boolean unregisteredAllowed, Instant now) {
    return Credential.of(request)
        .match(
            signature -> signed(request, unregisteredAllowed, now),
            attested -> attested(request, now),
            key -> bearer(key.text(), now),
            operator -> operator(operator.token(), now),
            unusable -> new Refused(unusable.code(), unusable.why(), Optional.empty()));
  }

  private Result signed(UnverifiedRequest request, boolean unregisteredAllowed, Instant now) {
    return signatures
        .verify(request, now)
        .match(
            verified -> known(verified, unregisteredAllowed, now),
            refused -> new Refused(refused.code(), refused.why(), refused.unverifiedKeyId()));
  }

  private Result known(
      SignatureVerification.Verified verified, boolean unregisteredAllowed, Instant now) {
    Optional<Result> stranger =
        agents
            .find(verified.did())
            .map(agent -> unusable(agent, verified.key(), verified.keyId()))
            .orElseGet(() -> unregistered(verified, unregisteredAllowed));
    if (stranger.isPresent()) {
      return stranger.get();
    }
    return switch (nonces.spend(
        verified.did(), verified.nonce(), verified.created(), verified.expires(), now)) {
      case FRESH -> agent(verified);
      case SEEN -> refused(ErrorCode.REPLAY_DETECTED, "the nonce was seen", verified.keyId());
      case OLDER_THAN_MEMORY ->
          refused(ErrorCode.AUTH_EXPIRED, "older than the memory of nonces", verified.keyId());
    };
  }

  private Optional<Result> unusable(Agent agent, Bytes key, String keyId) {
    if (!agent.isActive()) {
      return stop(ErrorCode.AUTH_REVOKED, "the agent is revoked", keyId);
    }
    if (agent.currentKey().equals(key)) {
      return Optional.empty();
    }
    boolean retired = agent.did().publicKey().equals(key) || histories.isUsed(agent.did(), key);
    return retired
        ? stop(ErrorCode.AUTH_REVOKED, "the key was retired", keyId)
        : stop(ErrorCode.AUTH_INVALID, "the key never spoke for the agent", keyId);
  }

  private static Optional<Result> unregistered(
      SignatureVerification.Verified verified, boolean allowed) {
    if (!allowed) {
      return stop(ErrorCode.AGENT_NOT_REGISTERED, "not registered here", verified.keyId());
    }
    // Without a history only the DID's own key speaks for it.
    return verified.did().publicKey().equals(verified.key())
        ? Optional.empty()
        : stop(ErrorCode.AUTH_INVALID, "the key is not the DID's own", verified.keyId());
  }

  private static Optional<Result> stop(ErrorCode code, String why, String keyId) {
    return Optional.of(refused(code, why, keyId));
  }

  /** Only a registered agent may attest: whoever has no key here writes no nonces. */
  private Result attested(UnverifiedRequest request, Instant now) {
    try {
      Attestation attestation = Attestation.read(request);
      String keyId = attestation.key().text();
      Optional<Agent> agent = agents.find(attestation.key().did());
      if (agent.isEmpty()) {
        return refused(ErrorCode.AGENT_NOT_REGISTERED, "not registered here", keyId);
      }
      Optional<Result> stop = unusable(agent.get(), attestation.key().key(), keyId);
      if (stop.isPresent()) {
        return stop.get();
      }
      attestation.require(nonces, now);
      // Nothing that a third party could verify again is kept, so it counts as a bearer's.
      Principal principal =
          new Principal(
              PrincipalKind.AGENT, agent.get().did().text(), Roles.AGENT, AuthMode.BEARER);
      return standing.ofAgent(
          new Authenticated(
              principal, new Proof.Bearer("attestation-v1:" + keyId, Optional.of(keyId))),
          agent.get().did());
    } catch (TalosException e) {
      if (!ATTESTATION_REFUSALS.contains(e.code())) {
        throw e;
      }
      return new Refused(
          e.code(), String.valueOf(e.getMessage()), Attestation.claimedKeyId(request));
    }
  }

  private Result agent(SignatureVerification.Verified verified) {
    Principal principal =
        new Principal(PrincipalKind.AGENT, verified.did().text(), Roles.AGENT, AuthMode.SIGNED);
    Proof proof =
        new Proof.Signature(
            verified.keyId(), verified.base(), verified.signature(), verified.created());
    return standing.ofAgent(new Authenticated(principal, proof), verified.did());
  }

  private Result bearer(VirtualKeyText text, Instant now) {
    try (text) {
      return keys.authenticate(text, now);
    }
  }

  private Result operator(OperatorToken token, Instant now) {
    if (token.subject().isBlank() || token.subject().length() > Limits.SUBJECT_CHARACTERS_MAX) {
      return new Refused(ErrorCode.AUTH_INVALID, "no usable subject", Optional.empty());
    }
    String id = Principal.OPERATOR_PREFIX + token.subject();
    // The server's own check allows for skewed clocks; at its end itself the token has expired.
    if (!now.isBefore(token.expiresAt())) {
      return refused(ErrorCode.AUTH_EXPIRED, "the token has expired", id);
    }
    if (!operatorKeys.isCurrent(token.keyId(), now)) {
      return refused(ErrorCode.AUTH_REVOKED, "the provider no longer lists the key", id);
    }
    return standing.ofUser(
        new Authenticated(
            new Principal(PrincipalKind.OPERATOR, id, Roles.of(token), AuthMode.BEARER),
            new Proof.Bearer(tokenName(token))),
        token.subject());
  }

  private static String tokenName(OperatorToken token) {
    String id = token.tokenId();
    return "jwt:" + id.substring(0, Math.min(id.length(), Limits.TOKEN_ID_CHARACTERS_MAX));
  }

  private static Result refused(ErrorCode code, String why, String keyId) {
    return new Refused(code, why, Optional.of(keyId));
  }
}
