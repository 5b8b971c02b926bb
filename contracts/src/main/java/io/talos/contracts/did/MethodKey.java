package io.talos.contracts.did;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;

/** Reads the key of one verification method, of the kinds that Talos knows. */
final class MethodKey {
  private static final String ED25519_TEXT = "z6Mk";
  private static final String X25519_TEXT = "z6LS";

  private MethodKey() {}

  /** The key; empty when it is of a kind that Talos does not know. */
  static Optional<Multikey> read(JsonObject method) {
    String type = text(method, "type");
    Optional<Multikey> key =
        switch (type) {
          case "Multikey" -> multikey(text(method, "publicKeyMultibase"));
          case "Ed25519VerificationKey2020" -> Optional.of(of(Multikey.Kind.ED25519, method));
          case "X25519KeyAgreementKey2020" -> Optional.of(of(Multikey.Kind.X25519, method));
          case "JsonWebKey", "JsonWebKey2020" -> jsonWebKey(method);
          default -> Optional.empty();
        };
    key.ifPresent(MethodKey::requireGood);
    return key;
  }

  private static Optional<Multikey> multikey(String text) {
    // Other curves have other first letters; whoever writes ours must write a whole key.
    return text.startsWith(ED25519_TEXT) || text.startsWith(X25519_TEXT)
        ? Optional.of(parse(text))
        : Optional.empty();
  }

  private static Multikey of(Multikey.Kind kind, JsonObject method) {
    Multikey key = parse(text(method, "publicKeyMultibase"));
    if (key.kind() != kind) {
      throw DocumentKeys.invalid("a key of another kind than its type");
    }
    return key;
  }

  private static Optional<Multikey> jsonWebKey(JsonObject method) {
    if (!(method.get("publicKeyJwk") instanceof JsonObject jwk)) {
      throw DocumentKeys.invalid("no publicKeyJwk");
    }
    if (jwk.containsKey("d")) {
      throw DocumentKeys.invalid("a private key was published");
    }
    if (!text(jwk, "kty").equals("OKP")) {
      return Optional.empty();
    }
    return switch (text(jwk, "crv")) {
      case "Ed25519" -> Optional.of(raw(Multikey.Kind.ED25519, text(jwk, "x")));
      case "X25519" -> Optional.of(raw(Multikey.Kind.X25519, text(jwk, "x")));
      default -> Optional.empty();
    };
  }

  private static Multikey raw(Multikey.Kind kind, String base64url) {
    try {
      return new Multikey(kind, Base64Url.decode(base64url, Multikey.Kind.KEY_SIZE));
    } catch (TalosException e) {
      throw DocumentKeys.invalid("a JSON Web Key without a whole key");
    }
  }

  private static Multikey parse(String text) {
    try {
      return Multikey.parse(text);
    } catch (TalosException e) {
      throw DocumentKeys.invalid("no multikey of a known kind");
    }
  }

  private static void requireGood(Multikey key) {
    if (key.kind() == Multikey.Kind.ED25519 && !Ed25519.isPublicKey(key.key())) {
      throw DocumentKeys.invalid("a key that is no point of full order");
    }
  }

  private static String text(JsonObject object, String member) {
    if (object.get(member) instanceof JsonString text) {
      return text.getString();
    }
    throw DocumentKeys.invalid("no text: " + member);
  }
}
