package io.talos.contracts.conformance;

import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.channel.Limits;
import io.talos.contracts.channel.SequenceWindow;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions, frames and their digests, as Talos 1.x has them. */
public final class SessionFrameArea implements AreaRunner {
  private static final String BASE = "https://talos.invalid/one-x/";

  @Override
  public String area() {
    return "a2a-session-frame";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "validate" ->
          validate(input.getString("type"), input.getOrDefault("value", JsonValue.NULL));
      case "frame" -> frame(input.getJsonObject("frame"));
      case "check-frame" -> checkFrame(input.getJsonObject("frame"));
      case "sequence" -> sequence(input.getJsonArray("sender_seqs"));
      case "state-digest" ->
          Outcome.accepted()
              .with(
                  "ratchet_state_digest",
                  Sha256.hex(Base64Url.decode(input.getString("blob_b64u"))));
      case "event-chain" -> chain(input.getJsonArray("events"));
      case "verify-chain" ->
          Outcome.accepted().as(holds(input.getJsonArray("events").getValuesAs(JsonObject.class)));
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  /** The 1.x schemas are the area's own; ours are for version 2. */
  private static Outcome validate(String type, JsonValue value) {
    JsonObject schemas =
        ConformanceFolder.read(
                ConformanceFolder.require("talos-1x").resolve("a2a-session-frame.json"))
            .getJsonObject("notes")
            .getJsonObject("schemas");
    JsonObject whole =
        Json.createObjectBuilder()
            .add("$schema", "https://json-schema.org/draft/2020-12/schema")
            .add("$id", BASE + type)
            .add("$ref", "#/" + type)
            .addAll(Json.createObjectBuilder(schemas))
            .build();
    JsonNodeFactory nodes = new JakartaJsonNode.Factory();
    Validator validator = new ValidatorFactory().withJsonNodeFactory(nodes).createValidator();
    URI uri = validator.registerSchema(URI.create(BASE + type), nodes.wrap(whole));
    Validator.Result result = validator.validate(uri, nodes.wrap(value));
    if (result.isValid()) {
      return Outcome.accepted().with("violations", JsonValue.EMPTY_JSON_ARRAY);
    }
    JsonArrayBuilder keywords = Json.createArrayBuilder();
    result.getErrors().forEach(error -> keywords.add(error.getKeyword()));
    return Outcome.refused().with("keywords", keywords.build());
  }

  private static Outcome frame(JsonObject frame) {
    String hash = FrameDigest.ciphertextHash(Base64Url.decode(frame.getString("ciphertext_b64u")));
    Bytes preimage = preimage(frame, hash);
    return Outcome.accepted()
        .with("ciphertext_hash", hash)
        .with("preimage", preimage.utf8())
        .with("frame_digest", Sha256.hex(preimage));
  }

  private static Outcome checkFrame(JsonObject frame) {
    if (!validate("encrypted_frame", frame).valid()) {
      return Outcome.refused(ErrorCode.A2A_FRAME_SCHEMA_INVALID, "");
    }
    Bytes ciphertext = Base64Url.decode(frame.getString("ciphertext_b64u"));
    String hash = frame.getString("ciphertext_hash");
    if (ciphertext.size() > Limits.CIPHERTEXT_BYTES_MAX) {
      return Outcome.refused(ErrorCode.A2A_FRAME_SIZE_EXCEEDED, "");
    }
    if (!FrameDigest.ciphertextHash(ciphertext).equals(hash)) {
      return Outcome.refused(ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH, "");
    }
    return Sha256.hex(preimage(frame, hash)).equals(frame.getString("frame_digest"))
        ? Outcome.accepted()
        : Outcome.refused(ErrorCode.A2A_FRAME_DIGEST_MISMATCH, "");
  }

  private static Bytes preimage(JsonObject frame, String hash) {
    return FrameDigest.preimage(
        frame.getString("schema_version"),
        frame.getString("session_id"),
        frame.getString("sender_id"),
        frame.getJsonNumber("sender_seq").longValueExact(),
        frame.getString("header_b64u"),
        hash);
  }

  private static Outcome sequence(JsonArray numbers) {
    Set<Long> seen = new HashSet<>();
    long highest = SequenceWindow.NOTHING_SEEN;
    JsonArrayBuilder outcomes = Json.createArrayBuilder();
    boolean all = true;
    for (JsonNumber next : numbers.getValuesAs(JsonNumber.class)) {
      long number = next.longValueExact();
      Optional<ErrorCode> refusal =
          seen.contains(number)
              ? Optional.of(ErrorCode.A2A_FRAME_REPLAY_DETECTED)
              : SequenceWindow.refuses(highest, number);
      if (refusal.isEmpty()) {
        seen.add(number);
        highest = Math.max(highest, number);
      }
      all &= refusal.isEmpty();
      outcomes.add(refusal.map(ErrorCode::name).orElse("ACCEPT"));
    }
    return Outcome.accepted().as(all).with("outcomes", outcomes.build());
  }

  private static Outcome chain(JsonArray events) {
    JsonArrayBuilder complete = Json.createArrayBuilder();
    Optional<String> previous = Optional.empty();
    for (JsonObject event : events.getValuesAs(JsonObject.class)) {
      JsonObjectBuilder next = Json.createObjectBuilder(event);
      previous.ifPresent(digest -> next.add("previous_digest", digest));
      JsonObject linked = next.build();
      String digest = FrameDigest.ofEvent(linked);
      complete.add(Json.createObjectBuilder(linked).add("event_digest", digest));
      previous = Optional.of(digest);
    }
    return Outcome.accepted().with("events", complete.build());
  }

  private static boolean holds(List<JsonObject> events) {
    Optional<String> previous = Optional.empty();
    for (JsonObject event : events) {
      Optional<String> link = Optional.ofNullable(event.getString("previous_digest", null));
      String digest = FrameDigest.ofEvent(event);
      if (!link.equals(previous) || !digest.equals(event.getString("event_digest", ""))) {
        return false;
      }
      previous = Optional.of(digest);
    }
    return true;
  }
}
