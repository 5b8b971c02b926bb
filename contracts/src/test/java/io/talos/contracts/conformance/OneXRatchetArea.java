package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.OneXDialect;
import io.talos.contracts.channel.OneXKeys;
import io.talos.contracts.channel.OneXMessage;
import io.talos.contracts.channel.OneXPrekeyBundle;
import io.talos.contracts.channel.OneXRatchet;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.Received;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The pairwise channel of Talos 1.x: key schedule, headers, wire forms, whole traces. */
public final class OneXRatchetArea implements AreaRunner {
  @Override
  public String area() {
    return "x3dh-ratchet";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "kdf-rk" -> rootStep(input);
      case "kdf-ck" -> chainStep(input);
      case "header" -> header(input);
      case "wire" -> wire(input);
      case "prekey-bundle" -> {
        OneXPrekeyBundle.fromJson(input.getJsonObject("bundle")).requireSigned();
        yield Outcome.accepted();
      }
      case "trace" -> new Trace(input).play();
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  private static Outcome rootStep(JsonObject input) {
    OneXKeys.Root root = OneXKeys.root(secret(input, "rk"), secret(input, "dh"));
    return Outcome.accepted().with("rk", b64u(root.rootKey())).with("ck", b64u(root.chainKey()));
  }

  private static Outcome chainStep(JsonObject input) {
    SecretBytes chain = secret(input, "ck");
    return Outcome.accepted()
        .with("mk", b64u(OneXKeys.messageKey(chain)))
        .with("ck", b64u(OneXKeys.nextChainKey(chain)));
  }

  private static Outcome header(JsonObject input) {
    Bytes canonical =
        OneXDialect.V1_1_0.header(
            OneXDialect.parseHeader(Bytes.utf8(input.getString("header_text"))));
    return Outcome.accepted()
        .with("canonical", canonical.utf8())
        .with("canonical_b64u", Base64Url.encode(canonical));
  }

  /** The nonces of these cases are no nonces, so only the form is made, not a message. */
  private static Outcome wire(JsonObject input) {
    Bytes canonical =
        CanonicalJson.encode(
            StrictJson.parseObject(Bytes.utf8(input.getString("message_text")), Limits.REQUEST));
    return Outcome.accepted()
        .with("canonical", canonical.utf8())
        .with("wire_b64u", Base64Url.encode(canonical));
  }

  private static SecretBytes secret(JsonObject json, String name) {
    return SecretBytes.of(bytes(json, name).toArray());
  }

  private static Bytes bytes(JsonObject json, String name) {
    return Base64Url.decode(json.getString(name));
  }

  private static String b64u(SecretBytes secret) {
    return Base64Url.encode(secret.reveal());
  }

  /** Two agents and what they know after each step. */
  private static final class Trace {
    private final JsonObject input;
    private final OneXDialect dialect;
    private final X25519.KeyPair ephemeral;
    private final X25519.KeyPair signedPrekey;
    private final Map<String, RatchetState> states = new HashMap<>();
    private boolean refused;

    Trace(JsonObject input) {
      this.input = input;
      dialect = OneXDialect.of(input.getString("dialect")).orElseThrow();
      ephemeral = X25519.fromPrivate(secret(input.getJsonObject("initiator"), "ephemeral_private"));
      signedPrekey =
          X25519.fromPrivate(secret(input.getJsonObject("responder"), "signed_prekey_private"));
    }

    Outcome play() {
      OneXPrekeyBundle bundle = OneXPrekeyBundle.fromJson(input.getJsonObject("bundle"));
      states.put("initiator", OneXRatchet.open(bundle, drawing(ephemeral.privateKey())));
      JsonArrayBuilder steps = Json.createArrayBuilder();
      for (JsonObject step : input.getJsonArray("steps").getValuesAs(JsonObject.class)) {
        steps.add(step(step));
      }
      return Outcome.accepted()
          .as(!refused)
          .with("initiator_identity_public", identity("initiator"))
          .with("responder_identity_public", identity("responder"))
          .with("intermediates", intermediates())
          .with("steps", steps.build());
    }

    private String identity(String who) {
      SecretBytes seed = secret(input.getJsonObject(who), "identity_private");
      return Base64Url.encode(Ed25519.fromSeed(seed).publicKey());
    }

    private JsonObject intermediates() {
      SecretBytes agreement = X25519.agree(ephemeral.privateKey(), signedPrekey.publicKey());
      SecretBytes rk0 = OneXKeys.initialRoot(agreement);
      OneXKeys.Root first = OneXKeys.root(rk0, agreement);
      SecretBytes next = OneXKeys.nextChainKey(first.chainKey());
      return Json.createObjectBuilder()
          .add("ephemeral_public", Base64Url.encode(ephemeral.publicKey()))
          .add("dh_shared", b64u(agreement))
          .add("rk0", b64u(rk0))
          .add("rk1", b64u(first.rootKey()))
          .add("ck0", b64u(first.chainKey()))
          .add("mk0", b64u(OneXKeys.messageKey(first.chainKey())))
          .add("mk1", b64u(OneXKeys.messageKey(next)))
          .build();
    }

    private JsonObject step(JsonObject step) {
      JsonObjectBuilder said = Json.createObjectBuilder().add("step", step.getInt("step"));
      return switch (step.getString("action")) {
        case "encrypt" -> encrypt(step, said);
        case "decrypt" -> decrypt(step, said);
        default -> throw Outcome.unknown(step.getString("action"));
      };
    }

    private JsonObject encrypt(JsonObject step, JsonObjectBuilder said) {
      String actor = step.getString("actor");
      RatchetState state = Objects.requireNonNull(states.get(actor));
      while (state.sent() < step.getInt("skip_to_n", 0)) {
        state = OneXRatchet.send(state, dialect, Bytes.empty(), Randomness.secure()).next();
      }
      OneXRatchet.Sent sent =
          OneXRatchet.send(state, dialect, bytes(step, "plaintext"), drawing(step));
      states.put(actor, sent.next());
      OneXMessage message = sent.message();
      return said.add("header", StrictJson.parseObject(message.header(), Limits.REQUEST))
          .add("aad", Base64Url.encode(message.header()))
          .add("ciphertext", Base64Url.encode(message.ciphertext()))
          .add("wire", Base64Url.encode(dialect.encode(message)))
          .build();
    }

    private JsonObject decrypt(JsonObject step, JsonObjectBuilder said) {
      String actor = step.getString("actor");
      OneXMessage message =
          step.containsKey("wire")
              ? dialect.decode(bytes(step, "wire"))
              : new OneXMessage(
                  bytes(step, "aad"), bytes(step, "nonce"), bytes(step, "ciphertext"));
      RatchetState state = states.get(actor);
      Received received =
          state == null
              ? OneXRatchet.accept(signedPrekey, message)
              : OneXRatchet.receive(state, message);
      return received
          .match(
              opened -> {
                states.put(actor, opened.next());
                return said.add("plaintext", Base64Url.encode(opened.plaintext()));
              },
              refusal -> {
                refused = true;
                return said.add("error", refusal.code().name());
              })
          .build();
    }

    /** What a step draws: a new ratchet key when it names one, then its nonce. */
    private static Randomness drawing(JsonObject step) {
      return target -> {
        String name = target.length == X25519.SIZE ? "ratchet_private" : "nonce";
        System.arraycopy(bytes(step, name).toArray(), 0, target, 0, target.length);
      };
    }

    private static Randomness drawing(SecretBytes key) {
      return target -> System.arraycopy(key.reveal(), 0, target, 0, target.length);
    }
  }
}
