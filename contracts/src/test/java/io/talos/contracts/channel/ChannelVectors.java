package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.contracts.vectors.VectorRunner;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code channel/x3dh-2.json}: the suite talos-x3dh-2 and frames of version 2, with all chance
 * given in {@code randomness_hex}.
 */
public final class ChannelVectors implements VectorRunner {
  /** States above this size stand in the file by their hash only. */
  private static final int STATE_BYTES_SHOWN = 1024;

  @Override
  public String file() {
    return "channel/x3dh-2";
  }

  @Override
  public void run(JsonObject group, JsonObject test) {
    compute(group.getString("type"), test)
        .forEach((name, value) -> assertThat(test.get(name)).as(name).isEqualTo(value));
  }

  /** What our code makes of a test's input. */
  static JsonObject compute(String type, JsonObject test) {
    return switch (type) {
      case "Open" -> open(test);
      case "Accept" -> accept(test);
      case "Send" -> send(test);
      case "Receive" -> receive(test);
      case "State" -> {
        SecretBytes state = secret(test, "state_hex");
        yield Json.createObjectBuilder()
            .add("state_hex", hex(RatchetState.decode(state).encode()))
            .build();
      }
      case "Header" -> header(test);
      case "FrameSign" -> sign(test);
      case "FrameCheck" -> check(test);
      default -> throw new AssertionError("an unknown group: " + type);
    };
  }

  private static JsonObject open(JsonObject test) {
    X3dh.Opened opened =
        X3dh.open(
            identity(test, "initiator"),
            test.getString("responder_did"),
            PrekeyBundle.fromJson(test.getJsonObject("bundle")),
            tape(test),
            WireTime.parse(test.getString("now")));
    return Json.createObjectBuilder()
        .add("initial_message_text", opened.message().encode().utf8())
        .add("context_hex", opened.state().context().hex())
        .add("state_hex", hex(opened.state().encode()))
        .build();
  }

  private static ChannelIdentity identity(JsonObject test, String who) {
    return ChannelIdentity.of(
        Ed25519.fromSeed(secret(test, who + "_signing_seed_hex")),
        X25519.fromPrivate(secret(test, who + "_identity_private_hex")));
  }

  private static JsonObject accept(JsonObject test) {
    Ed25519.KeyPair signer = Ed25519.fromSeed(secret(test, "responder_signing_seed_hex"));
    JsonObject own = test.getJsonObject("signed_prekey");
    X25519.KeyPair pair = X25519.fromPrivate(secret(own, "private_hex"));
    SignedPrekey signed =
        SignedPrekey.sign(
            signer,
            own.getString("id"),
            pair.publicKey(),
            WireTime.parse(own.getString("expires_at")));
    Map<String, X25519.KeyPair> oneTime = new LinkedHashMap<>();
    for (JsonObject one : test.getJsonArray("one_time_prekeys").getValuesAs(JsonObject.class)) {
      oneTime.put(one.getString("id"), X25519.fromPrivate(secret(one, "private_hex")));
    }
    Prekeys prekeys =
        new Prekeys(
            identity(test, "responder"),
            Map.of(signed.id(), new Prekeys.Signed(signed, pair)),
            oneTime);
    X3dh.Accepted accepted =
        X3dh.accept(
            prekeys,
            test.getString("initiator_did"),
            InitialMessage.decode(Bytes.utf8(test.getString("initial_message_text"))),
            WireTime.parse(test.getString("now")));
    JsonArrayBuilder remaining = Json.createArrayBuilder();
    accepted.remaining().oneTime().keySet().forEach(remaining::add);
    return Json.createObjectBuilder()
        .add("state_hex", hex(accepted.state().encode()))
        .add("remaining_one_time_prekeys", remaining)
        .build();
  }

  private static JsonObject send(JsonObject test) {
    Ratchet.Sent sent =
        Ratchet.send(
            RatchetState.decode(secret(test, "state_hex")),
            Hex.decode(test.getString("plaintext_hex")),
            tape(test));
    return next(Json.createObjectBuilder(), sent.next())
        .add("header_hex", sent.message().header().hex())
        .add("ciphertext_hex", sent.message().ciphertext().hex())
        .build();
  }

  private static JsonObject receive(JsonObject test) {
    RatchetState state = RatchetState.decode(secret(test, "state_hex"));
    RatchetMessage message =
        new RatchetMessage(
            Hex.decode(test.getString("header_hex")), Hex.decode(test.getString("ciphertext_hex")));
    Received received = Ratchet.receive(state, message);
    // Whatever came of it, the state that it was tried with is as it was.
    assertThat(hex(state.encode())).isEqualTo(test.getString("state_hex"));
    Received.Opened opened = received.orThrow();
    return next(Json.createObjectBuilder(), opened.next())
        .add("plaintext_hex", opened.plaintext().hex())
        .build();
  }

  private static JsonObjectBuilder next(JsonObjectBuilder json, RatchetState state) {
    byte[] encoded = state.encode().reveal();
    return encoded.length <= STATE_BYTES_SHOWN
        ? json.add("next_state_hex", Hex.encode(encoded))
        : json.add("next_state_sha256", Sha256.hex(Bytes.of(encoded)));
  }

  private static JsonObject header(JsonObject test) {
    RatchetHeader header = RatchetHeader.decode(Hex.decode(test.getString("header_hex")));
    return Json.createObjectBuilder()
        .add("header_hex", header.encode().hex())
        .add("ratchet_key_hex", header.ratchetKey().hex())
        .add("previous_count", header.previousCount())
        .add("number", header.number())
        .build();
  }

  private static JsonObject sign(JsonObject test) {
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

  private static JsonObject check(JsonObject test) {
    return UnverifiedFrame.fromJson(test.getJsonObject("frame"))
        .check(Hex.decode(test.getString("sender_key_hex")), WireTime.parse(test.getString("now")))
        .match(
            genuine -> Json.createObjectBuilder().add("frame", genuine.frame().toJson()).build(),
            refused -> {
              throw new TalosException(refused.code(), "the frame was refused");
            });
  }

  /** Gives out the test's bytes, in order and no more. */
  private static Randomness tape(JsonObject test) {
    Bytes all = Hex.decode(test.getString("randomness_hex"));
    int[] at = {0};
    return target -> {
      Check.that(at[0] + target.length <= all.size(), "the test gives enough randomness");
      System.arraycopy(all.toArray(), at[0], target, 0, target.length);
      at[0] += target.length;
    };
  }

  private static SecretBytes secret(JsonObject json, String name) {
    return SecretBytes.of(Hex.decode(json.getString(name)).toArray());
  }

  private static String hex(SecretBytes secret) {
    return Hex.encode(secret.reveal());
  }
}
