package io.talos.contracts.channel;

import static io.talos.contracts.channel.ChannelVectors.secret;

import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What our code makes of the inputs of {@code frame-2.json}. */
final class FrameVectors {
  private FrameVectors() {}

  static JsonObject sign(JsonObject test) {
    Frame frame =
        Frame.sign(
            Ed25519.fromSeed(secret(test, "signing_seed_hex")),
            new UuidV7(test.getString("session_id")),
            test.getJsonNumber("sender_seq").longValueExact(),
            new RatchetMessage(
                Hex.decode(test.getString("header_hex")),
                Hex.decode(test.getString("ciphertext_hex"))),
            WireTime.parse(test.getString("created_at")),
            WireTime.parse(test.getString("expires_at")));
    return Json.createObjectBuilder().add("frame", frame.toJson()).build();
  }

  static JsonObject check(JsonObject test) {
    return UnverifiedFrame.fromJson(test.getJsonObject("frame"))
        .check(Hex.decode(test.getString("sender_key_hex")), WireTime.parse(test.getString("now")))
        .match(
            genuine -> Json.createObjectBuilder().add("frame", genuine.frame().toJson()).build(),
            refused -> {
              throw new TalosException(refused.code(), "the frame was refused");
            });
  }
}
