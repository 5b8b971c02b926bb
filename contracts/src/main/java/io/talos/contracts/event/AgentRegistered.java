package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * An agent proved that it holds its key and is known here from now on.
 *
 * @param did the agent's did:key
 * @param keyAgreement the X25519 identity key that it certified
 * @param displayName what it calls itself; personal
 */
public record AgentRegistered(String did, Bytes keyAgreement, Optional<String> displayName)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
            "agent.registered",
            new AuditFacts.Resource("agent", did),
            Json.createObjectBuilder().add("key_agreement", Base64Url.encode(keyAgreement)).build())
        .withPersonal(displayName.map(name -> Map.of("display_name", name)).orElse(Map.of()));
  }
}
