package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * An agent proved that it holds its key and is known here from now on.
 *
 * @param did the agent's did:key
 * @param keyAgreement the X25519 identity key that it certified
 * @param displayName what it calls itself; personal
 * @param recovery SHA-256 of the recovery key that it promised
 */
public record AgentRegistered(
    String did, Bytes keyAgreement, Optional<String> displayName, Optional<Bytes> recovery)
    implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta =
        Json.createObjectBuilder().add("key_agreement", Base64Url.encode(keyAgreement));
    recovery.ifPresent(promise -> meta.add("recovery", promise.hex()));
    return AuditFacts.act("agent.registered", new AuditFacts.Resource("agent", did), meta.build())
        .withPersonal(displayName.map(name -> Map.of("display_name", name)).orElse(Map.of()));
  }
}
