package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.interop.V1Attestation;
import io.talos.contracts.interop.V1AuditEvent;
import io.talos.contracts.interop.V1Cursor;
import io.talos.contracts.interop.V1McpRequest;
import io.talos.contracts.interop.V1SecretEnvelope;
import io.talos.contracts.interop.V1WireFrame;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Areas that the interop package serves. */
public final class V1Areas {
  private V1Areas() {}

  /** Event cursors. */
  public static final class Cursors implements AreaRunner {
    @Override
    public String area() {
      return "cursor";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "derive" -> derive(position(input));
        case "decode" -> decode(V1Cursor.parse(input.getString("cursor")));
        case "compare" -> {
          V1Cursor a = V1Cursor.parse(input.getString("a"));
          yield Outcome.accepted()
              .with("compare", a.compareTo(V1Cursor.parse(input.getString("b"))));
        }
        case "check" -> decode(V1Cursor.require(input.getJsonObject("event")));
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome derive(V1Cursor cursor) {
      return Outcome.accepted()
          .as(V1Cursor.parse(cursor.text()).equals(cursor))
          .with("cursor", cursor.text());
    }

    private static Outcome decode(V1Cursor cursor) {
      return Outcome.accepted()
          .with("timestamp", cursor.seconds())
          .with("event_id", cursor.eventId().text());
    }
  }

  /** The order of a listing. */
  public static final class Ordering implements AreaRunner {
    @Override
    public String area() {
      return "ordering";
    }

    @Override
    public Outcome run(JsonObject input) {
      if (!input.getString("op").equals("compare")) {
        throw Outcome.unknown(input.getString("op"));
      }
      V1Cursor a = position(input.getJsonObject("a"));
      V1Cursor b = position(input.getJsonObject("b"));
      return Outcome.accepted().with("compare", V1Cursor.NEWEST_FIRST.compare(a, b));
    }
  }

  private static V1Cursor position(JsonObject event) {
    return new V1Cursor(
        event.getJsonNumber("timestamp").longValueExact(), new UuidV7(event.getString("event_id")));
  }

  /** Transport frames. */
  public static final class WireFrames implements AreaRunner {
    @Override
    public String area() {
      return "wire-frame";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "encode" ->
            encode(
                V1WireFrame.of(
                    V1WireFrame.Type.valueOf(input.getString("type")),
                    Bytes.utf8(input.getString("payload_utf8"))));
        case "decode" ->
            decode(
                input.containsKey("bytes_hex")
                    ? V1WireFrame.read(Hex.decode(input.getString("bytes_hex")))
                    : V1WireFrame.decode(input.getString("encoded_b64u")));
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome encode(V1WireFrame frame) {
      return Outcome.accepted()
          .as(V1WireFrame.decode(frame.encode()).equals(frame))
          .with("canonical", frame.canonical().utf8())
          .with("encoded_b64u", frame.encode());
    }

    private static Outcome decode(V1WireFrame frame) {
      return Outcome.accepted()
          .with("type", frame.type().name())
          .with("version", frame.version())
          .with("flags", frame.flags())
          .with("payload_utf8", frame.payload().utf8());
    }
  }

  /** The signed MCP request of the 1.x SDKs. */
  public static final class McpSigning implements AreaRunner {
    @Override
    public String area() {
      return "mcp-signing";
    }

    @Override
    public Outcome run(JsonObject input) {
      V1McpRequest request = V1McpRequest.parse(Bytes.utf8(input.getString("payload_text")));
      return switch (input.getString("op")) {
        case "sign" -> sign(request, keyPair(input));
        case "verify" -> {
          boolean good =
              request.verify(
                  Hex.decode(input.getString("public_key_hex")),
                  Base64Url.decode(input.getString("signature_b64u")),
                  input.getString("expected_correlation_id"));
          yield Outcome.accepted().as(good).with("verify", good);
        }
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome sign(V1McpRequest request, Ed25519.KeyPair pair) {
      Bytes signature = pair.sign(request.canonical());
      return Outcome.accepted()
          .as(request.verify(pair.publicKey(), signature, request.correlationId()))
          .with("canonical", request.canonical().utf8())
          .with("signature_b64u", Base64Url.encode(signature))
          .with("frame_type", request.frame().type().name());
    }
  }

  /** HTTP attestation v1. */
  public static final class Attestation implements AreaRunner {
    @Override
    public String area() {
      return "http-attestation";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "attest" -> attest(input);
        case "replay" -> replay(input.getJsonArray("requests").getValuesAs(JsonObject.class));
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome attest(JsonObject input) {
      Ed25519.KeyPair pair = keyPair(input);
      V1Attestation signed = request(input.getJsonObject("signed"));
      JsonObject received = input.getJsonObject("received");
      Outcome outcome = Outcome.accepted();
      try {
        request(received)
            .require(
                received.getString("signature"),
                pair.publicKey(),
                "the signer",
                Instant.ofEpochSecond(input.getJsonNumber("now").longValueExact()),
                new Memory());
      } catch (TalosException e) {
        outcome = Outcome.refused(e);
      }
      return outcome
          .with("public_key_hex", pair.publicKey().hex())
          .with("signing_input_hex", signed.signingInput().hex())
          .with("signature_b64u", Base64Url.encode(pair.sign(signed.signingInput())));
    }

    private static Outcome replay(List<JsonObject> requests) {
      Memory memory = new Memory();
      JsonArrayBuilder outcomes = Json.createArrayBuilder();
      boolean allTaken = true;
      for (JsonObject one : requests) {
        Ed25519.KeyPair pair = Ed25519.fromSeed(SecretBytes.of(new byte[Ed25519.SEED_SIZE]));
        long time = one.getJsonNumber("timestamp").longValueExact();
        V1Attestation request =
            new V1Attestation("GET", "/", Optional.empty(), one.getString("nonce"), time, "any");
        memory.now = Instant.ofEpochSecond(time);
        String signature = Base64Url.encode(pair.sign(request.signingInput()));
        boolean taken = isTaken(request, signature, pair, one.getString("key_id"), memory);
        outcomes.add(taken ? "accept" : "reject");
        allTaken &= taken;
      }
      return Outcome.accepted().as(allTaken).with("outcomes", outcomes.build());
    }

    private static boolean isTaken(
        V1Attestation request,
        String signature,
        Ed25519.KeyPair pair,
        String keyId,
        Memory memory) {
      try {
        request.require(signature, pair.publicKey(), keyId, memory.now, memory);
        return true;
      } catch (TalosException e) {
        return false;
      }
    }

    private static V1Attestation request(JsonObject json) {
      Optional<Bytes> body =
          json.get("body_text") instanceof JsonString text
              ? Optional.of(Bytes.utf8(text.getString()))
              : Optional.empty();
      return new V1Attestation(
          json.getString("method"),
          json.getString("target"),
          body,
          json.getString("nonce"),
          json.getJsonNumber("timestamp").longValueExact(),
          json.getString("opcode"));
    }

    /** Nonces in the memory of one test. */
    private static final class Memory implements V1Attestation.NonceMemory {
      private final Map<String, Instant> untils = new HashMap<>();
      private Instant now = Instant.EPOCH;

      @Override
      public boolean take(String keyId, String nonce, Instant until) {
        Instant known = untils.get(keyId + "\n" + nonce);
        boolean fresh = known == null || !known.isAfter(now);
        if (fresh) {
          untils.put(keyId + "\n" + nonce, until);
        }
        return fresh;
      }
    }
  }

  /** Audit events. */
  public static final class AuditEvents implements AreaRunner {
    private final V1AuditEvent events = new V1AuditEvent(new SchemaLibrary());

    @Override
    public String area() {
      return "audit-event";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "build" -> build(input);
        case "verify" -> Outcome.accepted().as(events.verify(input.getJsonObject("event")));
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private Outcome build(JsonObject input) {
      Optional<String> address =
          input.get("client_ip") instanceof JsonString text
              ? Optional.of(text.getString())
              : Optional.empty();
      Optional<Set<String>> allowed =
          Optional.ofNullable(input.getJsonArray("meta_allowlist"))
              .map(list -> Set.copyOf(list.getValuesAs(JsonString::getString)));
      JsonObject event =
          events.complete(
              input.getJsonObject("event"),
              address,
              new V1AuditEvent.AddressKey(
                  input.getString("ip_key_id"), SecretBytes.utf8(input.getString("ip_key_utf8"))),
              allowed);
      return Outcome.accepted()
          .as(events.verify(event))
          .with("event", event)
          .with("canonical", V1AuditEvent.canonical(event).utf8())
          .with("event_hash", event.getString("event_hash"));
    }
  }

  /** Secret envelopes. */
  public static final class SecretEnvelopes implements AreaRunner {
    private static final Map<String, String> SCHEMAS =
        Map.of("envelope-v1", V1SecretEnvelope.SCHEMA, "envelope-hex", V1SecretEnvelope.HEX_SCHEMA);

    private final SchemaLibrary library = new SchemaLibrary();
    private final V1SecretEnvelope envelopes = new V1SecretEnvelope(library);

    @Override
    public String area() {
      return "secrets-envelope";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "seal" -> seal(input);
        case "open" -> open(input.getJsonObject("envelope"), input);
        case "validate" -> validate(input);
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    /** Talos 2 seals no such envelope; sealed here, it must be what our reader opens. */
    private Outcome seal(JsonObject input) {
      String id = input.getString("secret_id");
      SecretBytes kek = secret(input.getString("kek_b64u"));
      Bytes plaintext = Bytes.utf8(input.getString("plaintext_utf8"));
      Bytes data = V1SecretEnvelope.associatedData(id);
      Bytes nonce = Base64Url.decode(input.getString("nonce_b64u"));
      Bytes sealed = Aead.AES_256_GCM.seal(kek, nonce, data, plaintext);
      int cut = sealed.size() - Aead.TAG_SIZE;
      JsonObject envelope =
          Json.createObjectBuilder()
              .add("kek_id", input.getString("kek_id"))
              .add("nonce_b64u", input.getString("nonce_b64u"))
              .add("ciphertext_b64u", Base64Url.encode(sealed.slice(0, cut)))
              .add("tag_b64u", Base64Url.encode(sealed.slice(cut, sealed.size())))
              .add("aad_b64u", Base64Url.encode(data))
              .build();
      SecretBytes opened = envelopes.open(envelope, id, kekId -> Optional.of(kek));
      return Outcome.accepted()
          .as(opened.equals(SecretBytes.of(plaintext.toArray())))
          .with("envelope", envelope);
    }

    private Outcome open(JsonObject envelope, JsonObject input) {
      JsonObject keks = input.getJsonObject("keks");
      SecretBytes opened =
          envelopes.open(
              envelope,
              input.getString("secret_id"),
              id -> Optional.ofNullable(keks.getString(id, null)).map(SecretEnvelopes::secret));
      return Outcome.accepted().with("plaintext_utf8", Bytes.of(opened.reveal()).utf8());
    }

    private Outcome validate(JsonObject input) {
      String schema = SCHEMAS.get(input.getString("type"));
      if (schema == null) {
        throw Outcome.unknown(input.getString("type"));
      }
      Set<String> keywords =
          library.violations(schema, input.getOrDefault("value", JsonValue.NULL)).stream()
              .map(SchemaLibrary.Violation::keyword)
              .collect(Collectors.toSet());
      return keywords.isEmpty()
          ? Outcome.accepted().with("violations", JsonValue.EMPTY_JSON_ARRAY)
          : Outcome.refused().with("keywords", Json.createArrayBuilder(keywords).build());
    }

    private static SecretBytes secret(String base64Url) {
      return SecretBytes.of(Base64Url.decode(base64Url).toArray());
    }
  }

  static Ed25519.KeyPair keyPair(JsonObject input) {
    return Ed25519.fromSeed(SecretBytes.of(Hex.decode(input.getString("seed_hex")).toArray()));
  }
}
