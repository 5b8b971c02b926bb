package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;

/** Ed25519 keys and signatures, and the DIDs that they are. */
public final class Ed25519Area implements AreaRunner {
  @Override
  public String area() {
    return "ed25519-did-key";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "keypair" -> keyPair(input);
      case "sign" -> sign(input);
      case "verify" -> verify(Hex.decode(input.getString("public_key_hex")), message(input), input);
      case "verify-json" -> verifyJson(input);
      case "did-decode" ->
          Outcome.accepted()
              .with("public_key_hex", Did.parse(input.getString("did")).publicKey().hex());
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  private static Outcome keyPair(JsonObject input) {
    SecretBytes seed = SecretBytes.of(Hex.decode(input.getString("seed_hex")).toArray());
    if (seed.size() != Ed25519.SEED_SIZE) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT, wrongSeed(seed));
    }
    Bytes publicKey = Ed25519.fromSeed(seed).publicKey();
    Did did = Did.ofKey(publicKey);
    return Outcome.accepted()
        .with("public_key_hex", publicKey.hex())
        .with("did_key", did.text())
        .with("did_talos", did.alias())
        .with("address_hex", Sha256.hex(publicKey));
  }

  /** A wrong seed is a bug of the caller's: our code throws, and says why. */
  private static String wrongSeed(SecretBytes seed) {
    try {
      Ed25519.fromSeed(seed);
      throw new AssertionError("a seed of " + seed.size() + " bytes was taken");
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Outcome sign(JsonObject input) {
    Ed25519.KeyPair pair =
        Ed25519.fromSeed(SecretBytes.of(Hex.decode(input.getString("seed_hex")).toArray()));
    Bytes signature = pair.sign(message(input));
    return Outcome.accepted()
        .as(Ed25519.verify(pair.publicKey(), message(input), signature))
        .with("public_key_hex", pair.publicKey().hex())
        .with("did_key", Did.ofKey(pair.publicKey()).text())
        .with("signature_b64u", Base64Url.encode(signature));
  }

  private static Outcome verifyJson(JsonObject input) {
    String key = input.getJsonObject("keys").getString(input.getString("key_id"), "");
    Bytes message =
        CanonicalJson.encode(
            StrictJson.parse(Bytes.utf8(input.getString("payload_text")), Limits.REQUEST));
    return verify(Hex.decode(key), message, input);
  }

  private static Outcome verify(Bytes key, Bytes message, JsonObject input) {
    boolean good = Ed25519.verify(key, message, signature(input));
    return Outcome.accepted().as(good).with("verify", good);
  }

  private static Bytes signature(JsonObject input) {
    try {
      return Base64Url.decode(input.getString("signature_b64u"));
    } catch (TalosException e) {
      return Bytes.empty();
    }
  }

  private static Bytes message(JsonObject input) {
    return input.containsKey("message_hex")
        ? Hex.decode(input.getString("message_hex"))
        : Bytes.utf8(input.getString("message_utf8"));
  }
}
