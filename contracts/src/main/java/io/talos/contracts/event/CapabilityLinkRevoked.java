package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * A link was revoked, and with it everything that hangs on it.
 *
 * @param link the link's hash
 * @param reason one of a closed list
 * @param epoch the number of this revocation
 */
public record CapabilityLinkRevoked(Bytes link, String reason, long epoch) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "capability.revoked",
        new AuditFacts.Resource("capability_link", link.hex()),
        Json.createObjectBuilder().add("reason", reason).add("epoch", epoch).build());
  }
}
