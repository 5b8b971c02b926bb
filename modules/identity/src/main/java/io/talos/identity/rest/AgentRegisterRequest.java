package io.talos.identity.rest;

import io.talos.identity.agents.Registration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/agents}. */
public record AgentRegisterRequest(
    String did, KeyAgreementJson keyAgreement, @Nullable String displayName) {
  Registration registration() {
    return new Registration(keyAgreement.identityKey(did), Optional.ofNullable(displayName));
  }
}
