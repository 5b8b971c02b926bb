package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.CanonicalJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Random;

/** What 1.x peers would send: tokens and frames, signed by whom the test says. */
final class V1Cast {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static final Random CHANCE = new Random(1);
  static final Ed25519.KeyPair ALICE = Ed25519.generate(CHANCE::nextBytes);
  static final Ed25519.KeyPair MALLORY = Ed25519.generate(CHANCE::nextBytes);

  private V1Cast() {}

  static String did(Ed25519.KeyPair pair) {
    return Did.ofKey(pair.publicKey()).text();
  }

  /** A token of Alice's for an hour. */
  static JsonObjectBuilder token() {
    return Json.createObjectBuilder()
        .add("v", "1")
        .add("iss", did(ALICE))
        .add("sub", "did:talos:bob")
        .add("scope", "tools/call")
        .add("iat", NOW.getEpochSecond())
        .add("exp", NOW.getEpochSecond() + 3600);
  }

  /** A message frame that shows {@code capability}. */
  static JsonObjectBuilder frame(Ed25519.KeyPair peer, JsonObject capability) {
    return followUp(peer, hash(capability)).add("capability", capability);
  }

  /** A message frame that only names a capability. */
  static JsonObjectBuilder followUp(Ed25519.KeyPair peer, String capabilityHash) {
    return Json.createObjectBuilder()
        .add("type", "MCP_MESSAGE")
        .add("protocol_version", "1")
        .add("session_id", "session-1")
        .add("correlation_id", "call-1")
        .add("peer_id", did(peer))
        .add("issued_at", NOW.getEpochSecond())
        .add("request_hash", "00".repeat(32))
        .add("tool", "tools/call")
        .add("method", "weather/get")
        .add("capability_hash", capabilityHash);
  }

  static String hash(JsonValue value) {
    return Sha256.hex(CanonicalJson.encode(value));
  }

  static JsonObject signed(JsonObjectBuilder content, Ed25519.KeyPair signer) {
    JsonObject unsigned = content.build();
    String signature = Base64Url.encode(signer.sign(CanonicalJson.encode(unsigned)));
    return Json.createObjectBuilder(unsigned).add("sig", signature).build();
  }

  static Bytes text(JsonValue value) {
    return Bytes.utf8(value.toString());
  }
}
