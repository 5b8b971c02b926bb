package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.DidDocument;
import io.talos.contracts.error.ErrorCode;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Resolves a DID to its document.
 *
 * <p>A did:key resolves by itself, registered or not. A registered agent's document has its
 * key-agreement key too; a revoked one's has not, because nobody should open a channel with it.
 *
 * <p>Source: W3C DID Resolution v1.0 §4; the did:key method, §3.1.2.
 *
 * <p>Refuses with: {@link ErrorCode#DID_METHOD_UNSUPPORTED}.
 */
@Dependent
public class ResolveDid {
  private final Agents agents;

  @Inject
  ResolveDid(Agents agents) {
    this.agents = agents;
  }

  /**
   * A resolved DID.
   *
   * @param agent the registered agent whose DID it is
   */
  public record Resolution(DidDocument document, Optional<Agent> agent) {}

  /** Resolves {@code did}. */
  public Outcome<Resolution> resolve(Did did) {
    if (did.method() != Did.Method.KEY) {
      return Outcome.refused(ErrorCode.DID_METHOD_UNSUPPORTED);
    }
    Optional<Agent> agent = agents.find(did);
    DidDocument bare = DidDocument.of(did);
    DidDocument document =
        agent
            .filter(Agent::isActive)
            .map(known -> bare.withKeyAgreement(known.keyAgreement().publicKey()))
            .orElse(bare);
    return Outcome.done(new Resolution(document, agent));
  }
}
