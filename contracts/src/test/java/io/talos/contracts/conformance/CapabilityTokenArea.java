package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.interop.V1Capability;
import io.talos.contracts.interop.V1McpReceiver;
import io.talos.contracts.interop.V1Scope;
import io.talos.contracts.interop.V1SignedObject;
import io.talos.contracts.interop.V1Verdict;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Registries;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens, request hashes and signed MCP frames of Talos 1.x. */
public final class CapabilityTokenArea implements AreaRunner {
  @Override
  public String area() {
    return "capability-token";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "issue" -> issue(input);
      case "verify-token" ->
          V1Capability.verify(
                  text(input, "token_text"), key(input), now(input), revoked(input)::contains)
              .match(
                  accepted -> Outcome.accepted().with("capability_hash", accepted.value().hash()),
                  refused -> Outcome.refused(refused.code(), refused.why()));
      case "verify-object" ->
          V1SignedObject.verify(object(input, "object_text"), key(input).orElseThrow())
              ? Outcome.accepted()
              : Outcome.refused(ErrorCode.CAPABILITY_SIGNATURE_INVALID, "the signature");
      case "scope-covers" -> {
        boolean covers = V1Scope.covers(input.getString("granted"), input.getString("requested"));
        yield Outcome.accepted().as(covers).with("covers", covers);
      }
      case "hash-json" -> {
        Bytes canonical = CanonicalJson.encode(object(input, "json_text"));
        yield Outcome.accepted()
            .with("canonical", canonical.utf8())
            .with("sha256_hex", Sha256.hex(canonical));
      }
      case "verify-frame" -> frame(input);
      case "frame-flow" -> flow(input);
      case "behaviour" -> behaviour(input);
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  private static Outcome issue(JsonObject input) {
    Ed25519.KeyPair pair = V1Areas.keyPair(input);
    JsonObject content = object(input, "content_text");
    JsonObject token = signed(content, pair);
    Bytes canonical = CanonicalJson.encode(token);
    return Outcome.accepted()
        .as(V1SignedObject.verify(token, pair.publicKey()))
        .with("public_key_hex", pair.publicKey().hex())
        .with("canonical_content", V1SignedObject.signedBytes(token).utf8())
        .with("signature_b64u", token.getString(V1SignedObject.SIGNATURE))
        .with("canonical_token", canonical.utf8())
        .with("capability_hash", Sha256.hex(canonical));
  }

  private static JsonObject signed(JsonObject content, Ed25519.KeyPair pair) {
    String signature = Base64Url.encode(pair.sign(V1SignedObject.signedBytes(content)));
    return Json.createObjectBuilder(content).add(V1SignedObject.SIGNATURE, signature).build();
  }

  private static Outcome frame(JsonObject input) {
    String bound = input.containsKey("response_text") ? "response_text" : "request_text";
    return new V1McpReceiver()
        .receive(
            text(input, "frame_text"),
            input.containsKey(bound) ? Optional.of(text(input, bound)) : Optional.empty(),
            key(input),
            now(input),
            revoked(input)::contains)
        .match(
            accepted -> Outcome.accepted(),
            refused -> Outcome.refused(refused.code(), refused.why()));
  }

  private static Outcome flow(JsonObject input) {
    V1McpReceiver receiver = new V1McpReceiver();
    Optional<Bytes> bound =
        input.containsKey("request_text")
            ? Optional.of(text(input, "request_text"))
            : Optional.empty();
    JsonArrayBuilder outcomes = Json.createArrayBuilder();
    boolean allTaken = true;
    for (JsonString frame : input.getJsonArray("frames").getValuesAs(JsonString.class)) {
      String outcome =
          receiver
              .receive(
                  Bytes.utf8(frame.getString()),
                  bound,
                  Optional.empty(),
                  now(input),
                  revoked(input)::contains)
              .match(accepted -> "ACCEPT", refused -> oldName(refused.code()));
      outcomes.add(outcome);
      allTaken &= outcome.equals("ACCEPT");
    }
    return Outcome.accepted().as(allTaken).with("outcomes", outcomes.build());
  }

  private static String oldName(ErrorCode code) {
    return Registries.read("error_codes")
        .getJsonArray("codes")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(entry -> entry.getString("code").equals(code.name()))
        .map(entry -> entry.getString("alias_1x", code.name()))
        .findFirst()
        .orElseThrow();
  }

  /** The rights become one token for each action, since a token has one scope. */
  private static Outcome behaviour(JsonObject input) {
    Ed25519.KeyPair issuer =
        Ed25519.fromSeed(SecretBytes.of(Hex.decode(input.getString("issuer_seed_hex")).toArray()));
    String variant = input.getString("variant");
    Optional<Bytes> key =
        switch (variant) {
          case "none", "tampered" -> Optional.empty();
          case "wrong-issuer" -> Optional.of(anotherKey());
          default -> throw Outcome.unknown(variant);
        };
    List<V1Capability> rights = new ArrayList<>();
    for (JsonObject content : contents(input, issuer)) {
      Bytes token = CanonicalJson.encode(signed(content, issuer));
      Bytes shown = variant.equals("tampered") ? tampered(token) : token;
      V1Verdict<V1Capability> verdict = V1Capability.verify(shown, key, now(input), hash -> false);
      if (verdict instanceof V1Verdict.Refused<V1Capability> refused) {
        // The 1.x SDKs have one code for a token that cannot be used, and none for a false key.
        Outcome outcome =
            Outcome.refused(ErrorCode.CAPABILITY_INVALID, refused.code() + ": " + refused.why());
        return outcome.with("verify", false);
      }
      verdict.match(accepted -> rights.add(accepted.value()), refused -> false);
    }
    return Outcome.accepted().with("verify", true).with("authorize", answers(rights));
  }

  private static List<JsonObject> contents(JsonObject input, Ed25519.KeyPair issuer) {
    List<JsonObject> contents = new ArrayList<>();
    for (JsonObject right : input.getJsonArray("scope").getValuesAs(JsonObject.class)) {
      for (JsonString action : right.getJsonArray("actions").getValuesAs(JsonString.class)) {
        contents.add(
            Json.createObjectBuilder()
                .add("v", "1")
                .add("iss", Did.ofKey(issuer.publicKey()).text())
                .add("sub", input.getString("subject_did"))
                .add("scope", scope(right.getString("tool"), action.getString()))
                .add("iat", Math.min(now(input).getEpochSecond(), exp(input)))
                .add("exp", exp(input))
                .add(
                    "constraints",
                    Json.createObjectBuilder().add("nonce", input.getString("nonce")))
                .build());
      }
    }
    return contents;
  }

  private static Bytes tampered(Bytes token) {
    return Bytes.utf8(token.utf8().replace("/method:read", "/method:raed"));
  }

  private static Bytes anotherKey() {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    seed[0] = 1;
    return Ed25519.fromSeed(SecretBytes.of(seed)).publicKey();
  }

  /** The two questions that the area's cases ask. */
  private static JsonValue answers(List<V1Capability> rights) {
    JsonArrayBuilder answers = Json.createArrayBuilder();
    for (String action : List.of("read", "delete")) {
      boolean allowed =
          rights.stream().anyMatch(r -> V1Scope.covers(r.scope(), scope("filesystem", action)));
      answers.add(
          Json.createObjectBuilder()
              .add("tool", "filesystem")
              .add("action", action)
              .add("allowed", allowed));
    }
    return answers.build();
  }

  private static String scope(String tool, String action) {
    return "tool:" + tool + "/method:" + action;
  }

  private static long exp(JsonObject input) {
    return input.getJsonNumber("exp").longValueExact();
  }

  private static Instant now(JsonObject input) {
    return Instant.ofEpochSecond(input.getJsonNumber("now").longValueExact());
  }

  private static Set<String> revoked(JsonObject input) {
    return Set.copyOf(input.getJsonArray("revoked").getValuesAs(JsonString::getString));
  }

  private static Optional<Bytes> key(JsonObject input) {
    return input.containsKey("public_key_hex")
        ? Optional.of(Hex.decode(input.getString("public_key_hex")))
        : Optional.empty();
  }

  private static Bytes text(JsonObject input, String member) {
    return Bytes.utf8(input.getString(member));
  }

  private static JsonObject object(JsonObject input, String member) {
    return StrictJson.parseObject(text(input, member), Limits.REQUEST);
  }
}
