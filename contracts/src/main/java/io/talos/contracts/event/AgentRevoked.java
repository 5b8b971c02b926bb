package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.json.Json;
import java.util.Locale;

/**
 * An agent's registration ended for good; its signatures are refused from now on.
 *
 * @param did the agent's did:key
 * @param retiredKey the Ed25519 key that spoke for it until now
 * @param by who ended it
 */
public record AgentRevoked(String did, Bytes retiredKey, By by) implements Audited {
  /** Who may end a registration. */
  public enum By {
    /** An operator. */
    OPERATOR,
    /** The agent, with the key that spoke for it. */
    CURRENT_KEY,
    /** The agent's owner, with the recovery key. */
    RECOVERY_KEY
  }

  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "agent.revoked",
        new AuditFacts.Resource("agent", did),
        Json.createObjectBuilder()
            .add("retired_key", Multikey.ed25519(retiredKey).text())
            .add("by", by.name().toLowerCase(Locale.ROOT))
            .build());
  }
}
