package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Bundles and openings in which somebody exchanged a part. */
final class Altered {
  private static final io.talos.contracts.json.Limits LIMITS =
      new io.talos.contracts.json.Limits(1 << 16, 8, 1000);

  private Altered() {}

  static PrekeyBundle with(PrekeyBundle bundle, IdentityKey identity) {
    return new PrekeyBundle(
        identity,
        bundle.signedPrekey(),
        bundle.oneTimePrekey(),
        bundle.kemPrekey(),
        bundle.keyHistory());
  }

  static PrekeyBundle with(PrekeyBundle bundle, SignedPrekey signed) {
    return new PrekeyBundle(
        bundle.identity(), signed, bundle.oneTimePrekey(), bundle.kemPrekey(), bundle.keyHistory());
  }

  static PrekeyBundle withOneTime(PrekeyBundle bundle, Optional<OneTimePrekey> oneTime) {
    return new PrekeyBundle(
        bundle.identity(), bundle.signedPrekey(), oneTime, bundle.kemPrekey(), bundle.keyHistory());
  }

  static PrekeyBundle withKem(PrekeyBundle bundle, Optional<KemPrekey> kem) {
    return new PrekeyBundle(
        bundle.identity(), bundle.signedPrekey(), bundle.oneTimePrekey(), kem, bundle.keyHistory());
  }

  static JsonObject read(String text) {
    return StrictJson.parseObject(Bytes.utf8(text), LIMITS);
  }

  static String text(JsonObject json) {
    return CanonicalJson.encode(json).utf8();
  }

  static String with(String text, String member, JsonValue value) {
    return text(Json.createObjectBuilder(read(text)).add(member, value).build());
  }

  static String with(String text, String member, String value) {
    return with(text, member, Json.createValue(value));
  }

  static String without(String text, String member) {
    JsonObjectBuilder json = Json.createObjectBuilder(read(text));
    return text(json.remove(member).build());
  }

  /** One bit of a member in base64url is another. */
  static String withBit(String text, String member, int bit) {
    Bytes value = Base64Url.decode(read(text).getString(member));
    return with(text, member, Base64Url.encode(Cast.flipped(value, bit)));
  }

  static InitialMessage with(InitialMessage message, String member, String value) {
    return decoded(with(message.encode().utf8(), member, value));
  }

  static InitialMessage with(InitialMessage message, String member, Bytes value) {
    return with(message, member, Base64Url.encode(value));
  }

  static InitialMessage without(InitialMessage message, String member) {
    return decoded(without(message.encode().utf8(), member));
  }

  static InitialMessage with(InitialMessage message, IdentityKey initiator) {
    String named = with(message.encode().utf8(), "initiator_did", initiator.did());
    String keyed = with(named, "identity_key", Base64Url.encode(initiator.publicKey()));
    return decoded(with(keyed, "identity_key_signature", Base64Url.encode(initiator.signature())));
  }

  static InitialMessage decoded(String text) {
    return InitialMessage.decode(Bytes.utf8(text));
  }
}
