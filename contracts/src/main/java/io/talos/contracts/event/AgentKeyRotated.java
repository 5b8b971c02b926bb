package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.json.Json;

/**
 * An agent's key was replaced; nothing that the retired key signs is accepted any more.
 *
 * @param did the agent's did:key, which stays
 * @param retiredKey the Ed25519 key that spoke for it until now; it never comes back
 * @param key the Ed25519 key that speaks for it from now on
 * @param sequence number of the statement in the agent's key history
 * @param cause who replaced it
 * @param statementHash 64 hex digits: SHA-256 of the statement
 */
public record AgentKeyRotated(
    String did, Bytes retiredKey, Bytes key, long sequence, Cause cause, String statementHash)
    implements Audited {

  /** Which key asked for the change. */
  public enum Cause {
    /** The key that was retired. */
    ROTATED("agent.key_rotated"),
    /** The recovery key, because the retired one was lost or stolen. */
    RECOVERED("agent.key_recovered");

    private final String kind;

    Cause(String kind) {
      this.kind = kind;
    }
  }

  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        cause.kind,
        new AuditFacts.Resource("agent", did),
        Json.createObjectBuilder()
            .add("retired_key", Multikey.ed25519(retiredKey).text())
            .add("key", Multikey.ed25519(key).text())
            .add("sequence", sequence)
            .add("statement_hash", statementHash)
            .build());
  }
}
