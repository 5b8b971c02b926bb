package io.talos.contracts.did;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the keys of one DID document and what each is for. */
final class DocumentKeys {
  private final Did did;
  private final JsonObject document;
  private final Map<String, Optional<Multikey>> methods = new LinkedHashMap<>();
  private final Map<String, Set<Relationship>> uses = new LinkedHashMap<>();

  DocumentKeys(Did did, JsonObject document) {
    this.did = did;
    this.document = document;
  }

  List<VerificationKey> read() {
    if (!(document.get("id") instanceof JsonString id) || !id.getString().equals(did.text())) {
      throw invalid("the document is another's");
    }
    for (JsonValue method : list("verificationMethod")) {
      add(method);
    }
    for (Relationship use : Relationship.values()) {
      for (JsonValue entry : list(use.member())) {
        relate(entry, use);
      }
    }
    return methods.entrySet().stream()
        .flatMap(
            method ->
                method
                    .getValue()
                    .map(key -> new VerificationKey(method.getKey(), key, uses(method.getKey())))
                    .stream())
        .toList();
  }

  private Set<Relationship> uses(String url) {
    return uses.getOrDefault(url, Set.of());
  }

  private JsonArray list(String member) {
    JsonValue value = document.getOrDefault(member, JsonValue.EMPTY_JSON_ARRAY);
    if (!(value instanceof JsonArray array) || array.size() > Limits.DOCUMENT_KEYS_MAX) {
      throw invalid("not a short list: " + member);
    }
    return array;
  }

  private void relate(JsonValue entry, Relationship use) {
    String url = entry instanceof JsonString text ? absolute(text.getString()) : add(entry);
    Optional<Multikey> key = methods.get(url);
    if (key == null) {
      if (url.startsWith(did.text() + "#")) {
        throw invalid("a reference to a key that is not there");
      }
      return; // somebody else's key, which this document cannot vouch for
    }
    if (key.isPresent() && key.get().kind() != use.kind()) {
      throw invalid("a key is listed for what it cannot do");
    }
    uses.computeIfAbsent(url, unused -> EnumSet.noneOf(Relationship.class)).add(use);
  }

  private String add(JsonValue value) {
    if (!(value instanceof JsonObject method)) {
      throw invalid("a verification method is no object");
    }
    String url = absolute(text(method, "id"));
    // A key that another controls, or that stands under another's name, proves nothing of this DID.
    boolean own = text(method, "controller").equals(did.text()) && url.startsWith(did.text() + "#");
    Optional<Multikey> key = own ? MethodKey.read(method) : Optional.empty();
    if (methods.put(url, key) != null) {
      throw invalid("a key id occurs twice");
    }
    if (methods.size() > Limits.DOCUMENT_KEYS_MAX) {
      throw invalid("too many keys");
    }
    return url;
  }

  private String absolute(String url) {
    if (url.isEmpty() || url.length() > Limits.DID_URL_CHARACTERS_MAX) {
      throw invalid("a key id is empty or too long");
    }
    return url.charAt(0) == '#' ? did.text() + url : url;
  }

  private static String text(JsonObject object, String member) {
    if (object.get(member) instanceof JsonString text) {
      return text.getString();
    }
    throw invalid("no text: " + member);
  }

  static TalosException invalid(String why) {
    return new TalosException(ErrorCode.DID_DOCUMENT_INVALID, why);
  }
}
