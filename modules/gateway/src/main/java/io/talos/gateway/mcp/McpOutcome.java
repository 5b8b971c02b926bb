package io.talos.gateway.mcp;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * What an upstream answered, as the outcome event tells it.
 *
 * @param status the upstream's HTTP status
 * @param body the answer's bytes
 */
public record McpOutcome(int status, Bytes body) {
  /** Members of the outcome event: status, size and digest, never the answer itself. */
  public JsonObject meta() {
    return Json.createObjectBuilder()
        .add("upstream_status", status)
        .add("response_bytes", body.size())
        .add("response_sha256", Sha256.hex(body))
        .build();
  }
}
