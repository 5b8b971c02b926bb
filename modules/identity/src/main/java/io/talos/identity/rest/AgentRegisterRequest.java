package io.talos.identity.rest;

import io.talos.contracts.did.KeyStatement;
import io.talos.identity.agents.Registration;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/agents}. */
public record AgentRegisterRequest(
    String did,
    KeyAgreementJson keyAgreement,
    @Nullable String displayName,
    @Nullable JsonObject inception) {
  Registration registration() {
    return new Registration(
        keyAgreement.identityKey(did),
        Optional.ofNullable(displayName),
        Optional.ofNullable(inception).map(KeyStatement::fromJson));
  }
}
