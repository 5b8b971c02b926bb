package io.talos.contracts.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/**
 * A policy document to show to strangers: who and what it is about is replaced by pseudonyms, texts
 * for people and sums of money are left out. What was equal stays equal within one export; two
 * exports cannot be linked, as each has a salt of its own that nobody keeps.
 */
public final class RedactedPolicy {
  private static final Set<String> LEFT_OUT =
      Set.of("about", "limit_micro_usd", "call_price_micro_usd");
  private static final int PSEUDONYM_BYTES = 8;
  private static final String ANY = "*";

  private final SecretBytes salt;

  private RedactedPolicy(SecretBytes salt) {
    this.salt = salt;
  }

  /**
   * The redacted document; it is no policy any more and cannot be published.
   *
   * @param salt fresh random bytes
   */
  public static JsonObject of(PolicyDocument document, Bytes salt) {
    try (SecretBytes secret = SecretBytes.of(salt.toArray())) {
      return new RedactedPolicy(secret).object(document.json());
    }
  }

  private JsonObject object(JsonObject json) {
    JsonObjectBuilder copy = Json.createObjectBuilder();
    json.forEach(
        (name, value) -> {
          if (!LEFT_OUT.contains(name)) {
            copy.add(name, member(name, value));
          }
        });
    return copy.build();
  }

  private JsonValue member(String name, JsonValue value) {
    if (name.equals("subject")) {
      return subject(value.asJsonObject());
    }
    if (name.equals("attributes")) {
      return attributes(value.asJsonObject());
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder copy = Json.createArrayBuilder();
      array.forEach(entry -> copy.add(entry instanceof JsonObject object ? object(object) : entry));
      return copy.build();
    }
    return value instanceof JsonObject object ? object(object) : value;
  }

  /** Groups are known to everybody. */
  private JsonObject subject(JsonObject subject) {
    return subject.getString("type").equals("group")
        ? subject
        : Json.createObjectBuilder(subject).add("id", pseudonym(subject.getString("id"))).build();
  }

  private JsonObject attributes(JsonObject attributes) {
    JsonObjectBuilder copy = Json.createObjectBuilder();
    attributes.forEach(
        (name, value) -> {
          String text = ((JsonString) value).getString();
          copy.add(name, text.equals(ANY) ? ANY : pseudonym(text));
        });
    return copy.build();
  }

  private String pseudonym(String text) {
    return "redacted-" + HmacSha256.tag(salt, Bytes.utf8(text)).slice(0, PSEUDONYM_BYTES).hex();
  }
}
