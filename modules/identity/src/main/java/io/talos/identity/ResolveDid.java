package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.DidDocument;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.didweb.DidWebDocuments;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * Resolves a DID to its document.
 *
 * <p>A did:key resolves by itself, registered or not. A registered agent's document names the key
 * that speaks for it now and has its key-agreement key too; a revoked one's has no key-agreement
 * key, because nobody should open a channel with it. A did:web is fetched from its organisation.
 *
 * <p>Source: W3C DID Resolution v1.0 §4; the did:key method, §3.1.2.
 *
 * <p>Refuses with the codes of {@link DidWebDocuments#find} for a did:web.
 */
@Dependent
public class ResolveDid {
  private final Agents agents;
  private final DidWebDocuments documents;

  @Inject
  ResolveDid(Agents agents, DidWebDocuments documents) {
    this.agents = agents;
    this.documents = documents;
  }

  /**
   * A resolved DID.
   *
   * @param agent the registered agent whose DID it is
   */
  public record Resolution(JsonObject document, Optional<Agent> agent) {}

  /**
   * Resolves {@code did}.
   *
   * @param clientAddress where the caller comes from
   */
  public Outcome<Resolution> resolve(Did did, String clientAddress) {
    if (did.method() == Did.Method.WEB) {
      return documents
          .find(did, clientAddress)
          .match(
              found -> Outcome.done(new Resolution(found.document().json(), Optional.empty())),
              unavailable -> Outcome.refused(unavailable.code()));
    }
    Optional<Agent> agent = agents.find(did);
    DidDocument document =
        agent
            .map(
                known ->
                    known.isActive()
                        ? DidDocument.of(did)
                            .withSigningKey(known.currentKey())
                            .withKeyAgreement(known.keyAgreement().publicKey())
                        : DidDocument.of(did).withSigningKey(known.currentKey()))
            .orElseGet(() -> DidDocument.of(did));
    return Outcome.done(new Resolution(document.toJson(), agent));
  }
}
