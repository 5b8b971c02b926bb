package io.talos.identity.rest;

import io.talos.contracts.did.Multikey;
import io.talos.contracts.time.WireTime;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.DisplayName;
import org.jspecify.annotations.Nullable;

/** A registered agent. */
public record AgentResponse(
    String did,
    String currentKey,
    KeyAgreementJson keyAgreement,
    @Nullable String displayName,
    String registeredAt,
    @Nullable String revokedAt) {
  static AgentResponse of(Agent agent) {
    return new AgentResponse(
        agent.did().text(),
        Multikey.ed25519(agent.currentKey()).text(),
        KeyAgreementJson.of(agent.keyAgreement()),
        agent.displayName().map(DisplayName::text).orElse(null),
        WireTime.format(agent.registeredAt()),
        agent.revokedAt().map(WireTime::format).orElse(null));
  }
}
