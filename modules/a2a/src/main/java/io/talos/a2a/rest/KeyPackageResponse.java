package io.talos.a2a.rest;

import io.talos.a2a.ClaimKeyPackage;
import io.talos.contracts.codec.Base64Url;
import jakarta.json.bind.annotation.JsonbProperty;

/** A key package that was handed out; schema {@code a2a/key_package.v1}. */
public record KeyPackageResponse(
    @JsonbProperty("agent_id") String agentId,
    @JsonbProperty("key_package") String keyPackage,
    @JsonbProperty("last_resort") boolean lastResort) {

  static KeyPackageResponse of(ClaimKeyPackage.Claimed claimed) {
    return new KeyPackageResponse(
        claimed.agentId(),
        Base64Url.encode(claimed.keyPackage().content()),
        claimed.keyPackage().lastResort());
  }
}
