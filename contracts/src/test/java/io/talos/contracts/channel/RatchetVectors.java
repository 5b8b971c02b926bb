package io.talos.contracts.channel;

import static io.talos.contracts.channel.ChannelVectors.hex;
import static io.talos.contracts.channel.ChannelVectors.secret;
import static io.talos.contracts.channel.ChannelVectors.tape;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** What our code makes of the inputs of {@code ratchet-2.json}. */
final class RatchetVectors {
  /** States above this size stand in the file by their hash only. */
  private static final int STATE_BYTES_SHOWN = 1024;

  private RatchetVectors() {}

  static JsonObject send(JsonObject test) {
    RatchetState state = RatchetState.decode(secret(test, "state_hex"));
    Bytes plaintext = Hex.decode(test.getString("plaintext_hex"));
    Ratchet.Sent sent = Ratchet.send(state, plaintext, tape(test));
    SecretBytes messageKey = RatchetSteps.send(state, tape(test)).messageKey();
    return keys(next(Json.createObjectBuilder(), sent.next()), messageKey)
        .add("padded_hex", hex(Padding.pad(plaintext)))
        .add("header_hex", sent.message().header().hex())
        .add("ciphertext_hex", sent.message().ciphertext().hex())
        .build();
  }

  private static JsonObjectBuilder keys(JsonObjectBuilder json, SecretBytes messageKey) {
    Ratchet.Sealing sealing = Ratchet.sealing(messageKey);
    return json.add("message_key_hex", hex(messageKey))
        .add("aead_key_hex", hex(sealing.key()))
        .add("nonce_hex", sealing.nonce().hex());
  }

  static JsonObject receive(JsonObject test) {
    RatchetState state = RatchetState.decode(secret(test, "state_hex"));
    RatchetMessage message = message(test);
    Received received = Ratchet.receive(state, message);
    // Whatever came of it, the state that it was tried with is as it was.
    assertThat(hex(state.encode())).isEqualTo(test.getString("state_hex"));
    Received.Opened opened = received.orThrow();
    SecretBytes messageKey =
        RatchetSteps.receive(state, RatchetHeader.decode(message.header())).messageKey();
    return keys(next(Json.createObjectBuilder(), opened.next()), messageKey)
        .add("plaintext_hex", opened.plaintext().hex())
        .build();
  }

  private static RatchetMessage message(JsonObject json) {
    return new RatchetMessage(
        Hex.decode(json.getString("header_hex")), Hex.decode(json.getString("ciphertext_hex")));
  }

  /** Messages one after the other; a refused one leaves the state as it was. */
  static JsonObject run(JsonObject test) {
    RatchetState state = RatchetState.decode(secret(test, "state_hex"));
    JsonArrayBuilder outcomes = Json.createArrayBuilder();
    for (JsonObject step : test.getJsonArray("messages").getValuesAs(JsonObject.class)) {
      Received received = Ratchet.receive(state, message(step));
      JsonObjectBuilder outcome =
          received.match(
              opened -> Json.createObjectBuilder().add("plaintext_hex", opened.plaintext().hex()),
              refused -> Json.createObjectBuilder().add("error", refused.code().name()));
      outcomes.add(outcome);
      RatchetState before = state;
      state = received.match(Received.Opened::next, refused -> before);
    }
    return next(Json.createObjectBuilder().add("outcomes", outcomes), state)
        .add("skipped", state.skipped().size())
        .build();
  }

  private static JsonObjectBuilder next(JsonObjectBuilder json, RatchetState state) {
    byte[] encoded = state.encode().reveal();
    return encoded.length <= STATE_BYTES_SHOWN
        ? json.add("next_state_hex", Hex.encode(encoded))
        : json.add("next_state_sha256", Sha256.hex(Bytes.of(encoded)));
  }

  static JsonObject state(JsonObject test) {
    RatchetState state = RatchetState.decode(secret(test, "state_hex"));
    return Json.createObjectBuilder()
        .add("suite", state.suite().wireName())
        .add("context_hex", state.context().hex())
        .add("own_public_key_hex", state.ownKey().publicKey().hex())
        .add("sent", state.sent())
        .add("received", state.received())
        .add("previous_sent", state.previousSent())
        .add("opened", state.opened())
        .add("skipped", state.skipped().size())
        .add("state_hex", hex(state.encode()))
        .build();
  }

  static JsonObject header(JsonObject test) {
    RatchetHeader header = RatchetHeader.decode(Hex.decode(test.getString("header_hex")));
    return Json.createObjectBuilder()
        .add("header_hex", header.encode().hex())
        .add("ratchet_key_hex", header.ratchetKey().hex())
        .add("previous_count", header.previousCount())
        .add("number", header.number())
        .build();
  }

  static JsonObject pad(JsonObject test) {
    return Json.createObjectBuilder()
        .add("padded_hex", hex(Padding.pad(Hex.decode(test.getString("plaintext_hex")))))
        .build();
  }

  static JsonObject unpad(JsonObject test) {
    return Json.createObjectBuilder()
        .add("plaintext_hex", Padding.unpad(secret(test, "padded_hex")).hex())
        .build();
  }

  static JsonObject bucket(JsonObject test) {
    int size = test.getInt("plaintext_size");
    if (size > Limits.PLAINTEXT_BYTES_MAX) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "too large for a message");
    }
    return Json.createObjectBuilder().add("padded_size", Padding.bucket(size)).build();
  }
}
