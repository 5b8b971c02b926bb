package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AddressText;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Audit events of Talos 1.x: verified as they come in, and completed where Talos 2 exports one.
 *
 * <p>An event's hash covers everything but itself. What is absent stays absent: a null in its place
 * would be another event.
 *
 * <p>Source: Talos 1.x audit events; contracts/schemas/interop/audit_event.v1.
 */
public final class V1AuditEvent {
  /** The schema of a complete event. */
  public static final String SCHEMA = "interop/audit_event.v1";

  private static final String HASH = "event_hash";

  private final SchemaLibrary schemas;

  /** A reader and writer that checks the form by {@code schemas}. */
  public V1AuditEvent(SchemaLibrary schemas) {
    this.schemas = schemas;
  }

  /**
   * The key under which client addresses are hashed.
   *
   * @param id the name of the key, which the event tells
   * @param key the key, which it does not
   */
  public record AddressKey(String id, SecretBytes key) {}

  /** Whether an event has the form of one and its hash is its own. */
  public boolean verify(JsonObject event) {
    return schemas.violations(SCHEMA, event).isEmpty() && event.getString(HASH).equals(hash(event));
  }

  /** SHA-256 of the canonical event without its hash, in hex. */
  public static String hash(JsonObject event) {
    return Sha256.hex(canonical(event));
  }

  /** What the hash covers. */
  public static Bytes canonical(JsonObject event) {
    return CanonicalJson.encodeWithout(event, HASH);
  }

  /**
   * Completes an event: the client's address as a keyed hash, metadata filtered, hash.
   *
   * @param event the event without these
   * @param clientAddress the client's address; one that is no address leaves no trace
   * @param metaAllowed the metadata that may stay; without it all of it stays
   * @throws TalosException {@link ErrorCode#SCHEMA_VALIDATION_ERROR} when the result is no 1.x
   *     event
   */
  public JsonObject complete(
      JsonObject event,
      Optional<String> clientAddress,
      AddressKey addressKey,
      Optional<Set<String>> metaAllowed) {
    JsonObjectBuilder complete = Json.createObjectBuilder(event);
    if (event.get("http") instanceof JsonObject http) {
      complete.add("http", withAddress(http, clientAddress, addressKey));
    }
    if (metaAllowed.isPresent() && event.get("meta") instanceof JsonObject meta) {
      complete.add("meta", filtered(meta, metaAllowed.get()));
    }
    JsonObject unhashed = complete.remove(HASH).build();
    JsonObject result = Json.createObjectBuilder(unhashed).add(HASH, hash(unhashed)).build();
    if (!verify(result)) {
      throw new TalosException(ErrorCode.SCHEMA_VALIDATION_ERROR, "not a 1.x audit event");
    }
    return result;
  }

  private static JsonObject withAddress(
      JsonObject http, Optional<String> address, AddressKey addressKey) {
    JsonObjectBuilder with = Json.createObjectBuilder(http);
    address
        .flatMap(AddressText::canonical)
        .map(text -> HmacSha256.tag(addressKey.key(), Bytes.utf8(text)).hex())
        .ifPresent(
            tag ->
                with.add("client_ip_hash", tag)
                    .add("client_ip_hash_alg", "HMAC-SHA256")
                    .add("client_ip_hash_key_id", addressKey.id()));
    return with.build();
  }

  private static JsonObject filtered(JsonObject meta, Set<String> allowed) {
    JsonObjectBuilder kept = Json.createObjectBuilder();
    Set<String> removed = new TreeSet<>();
    for (Map.Entry<String, JsonValue> member : meta.entrySet()) {
      if (allowed.contains(member.getKey()) && isScalar(member.getValue())) {
        kept.add(member.getKey(), member.getValue());
      } else {
        removed.add(member.getKey());
      }
    }
    if (!removed.isEmpty()) {
      kept.add("meta_redaction_applied", true)
          .add("meta_redacted_keys", String.join(", ", removed));
    }
    return kept.build();
  }

  private static boolean isScalar(JsonValue value) {
    return !(value instanceof JsonObject) && !(value instanceof JsonArray);
  }
}
