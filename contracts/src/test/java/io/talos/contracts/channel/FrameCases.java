package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;

/** Messages in their signed envelope. */
final class FrameCases {
  private final ChannelCases cases;
  private final Cast cast = new Cast();

  FrameCases(ChannelCases cases) {
    this.cases = cases;
  }

  /** Adds all of them. */
  void addAll() {
    frames();
  }

  private void frames() {
    JsonObject frame = sign("a frame", 0, "sealed");
    sign("the largest sequence number", io.talos.contracts.json.Limits.INTEGER_MAX, "sealed");
    Instant end = Cast.NOW.plusSeconds(60);
    frame("Genuine", "as it was signed", frame, Cast.NOW);
    frame("Genuine", "one millisecond before it expires", frame, end.minusMillis(1));
    frame("Expired", "at the instant of expiry", frame, end);
    frame("Tampered", "another ciphertext", with(frame, "ciphertext_b64u", text("AAAA")));
    frame("Tampered", "another header", with(frame, "header_b64u", text("AAAA")));
    frame("Tampered", "another number", with(frame, "sender_seq", Json.createValue(1)));
    frame("WrongIdentity", "another sender", with(frame, "sender_id", text(cast.bob.did())));
    frame(
        "Tampered",
        "another session",
        with(frame, "session_id", text("01946896-1234-7567-89ab-000000000002")));
    frame("Tampered", "a longer life", with(frame, "expires_at", text("2026-03-01T13:00:00.000Z")));
    frame(
        "Tampered", "another digest", with(frame, "frame_digest", text(Sha256.hex(Bytes.empty()))));
    frame(
        "Tampered",
        "one bit of the signature",
        with(
            frame,
            "signature",
            text(
                Base64Url.encode(
                    Cast.flipped(Base64Url.decode(frame.getString("signature")), 77)))));
    frame("Downgrade", "schema version v1", with(frame, "schema_version", text("v1")));
    frame("Form", "an unknown member", with(frame, "more", JsonValue.TRUE));
    frame("Form", "a negative number", with(frame, "sender_seq", Json.createValue(-1)));
    frame("Form", "a padded header", with(frame, "header_b64u", text("AA==")));
    frame("Form", "no signature", with(frame, "signature", JsonValue.NULL));
    frame(
        "Form",
        "a time without milliseconds",
        with(frame, "created_at", text("2026-03-01T12:00:00Z")));
    frame("WrongIdentity", "checked with another agent's key", frame, Cast.NOW, cast.bobSigning);
  }

  private JsonObject sign(String comment, long number, String ciphertext) {
    JsonObjectBuilder input =
        Json.createObjectBuilder()
            .add("signing_seed_hex", hex(cast.aliceSigning.seed().reveal()))
            .add("session_id", "01946896-1234-7567-89ab-000000000001")
            .add("sender_seq", number)
            .add("header_hex", Bytes.utf8("header").hex())
            .add("ciphertext_hex", Bytes.utf8(ciphertext).hex())
            .add("created_at", WireTime.format(Cast.NOW))
            .add("expires_at", WireTime.format(Cast.NOW.plusSeconds(60)));
    JsonObject given = input.build();
    cases.add("FrameSign", "Genuine", comment, Json.createObjectBuilder(given));
    return ChannelVectors.compute("FrameSign", given).getJsonObject("frame");
  }

  private void frame(String flag, String comment, JsonObject frame) {
    frame(flag, comment, frame, Cast.NOW);
  }

  private void frame(String flag, String comment, JsonObject frame, Instant now) {
    frame(flag, comment, frame, now, cast.aliceSigning);
  }

  private void frame(
      String flag, String comment, JsonObject frame, Instant now, Ed25519.KeyPair key) {
    cases.add(
        "FrameCheck",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("frame", frame)
            .add("sender_key_hex", key.publicKey().hex())
            .add("now", WireTime.format(now)));
  }

  private static JsonObject with(JsonObject json, String member, JsonValue value) {
    return Json.createObjectBuilder(json).add(member, value).build();
  }

  private static JsonValue text(String value) {
    return Json.createValue(value);
  }

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }
}
