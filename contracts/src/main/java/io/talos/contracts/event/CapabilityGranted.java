package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An operator granted a capability.
 *
 * @param hash the capability's hash
 * @param link the root link's hash, which revokes everything that hangs on it
 * @param terms what the root says
 */
public record CapabilityGranted(Bytes hash, Bytes link, Terms terms) implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta =
        Json.createObjectBuilder()
            .add("link", link.hex())
            .add("issuer", terms.issuer().text())
            .add("subject", terms.subject().text())
            .add("expires_at", WireTime.format(terms.expiresAt()))
            .add("delegation_depth", terms.delegationDepth())
            .add("constraints", terms.constraints().size())
            .add("networks", terms.rights().sources().size());
    terms.calls().ifPresent(calls -> meta.add("calls", calls));
    terms.spendMicroUsd().ifPresent(spend -> meta.add("spend_micro_usd", spend));
    for (int i = 0; i < terms.scope().size(); i++) {
      meta.add("scope_" + i, terms.scope().get(i).text());
    }
    return AuditFacts.act(
            "capability.granted", new AuditFacts.Resource("capability", hash.hex()), meta.build())
        .withPersonal(networks());
  }

  /** A network may be as small as one address, and that is a person's as often as not. */
  private Map<String, String> networks() {
    String texts =
        terms.rights().sources().stream().map(SourceNetwork::text).collect(Collectors.joining(" "));
    return texts.isEmpty() ? Map.of() : Map.of("networks", texts);
  }
}
