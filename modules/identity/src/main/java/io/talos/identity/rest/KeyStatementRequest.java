package io.talos.identity.rest;

import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.KeyStatement;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/agents/{did}/keys}. */
public record KeyStatementRequest(JsonObject statement, @Nullable KeyAgreementJson keyAgreement) {
  KeyStatement signed() {
    return KeyStatement.fromJson(statement);
  }

  Optional<IdentityKey> certified(String did) {
    return Optional.ofNullable(keyAgreement).map(agreement -> agreement.identityKey(did));
  }
}
