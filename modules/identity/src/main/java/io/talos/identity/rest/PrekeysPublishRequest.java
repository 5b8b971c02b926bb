package io.talos.identity.rest;

import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.time.WireTime;
import io.talos.identity.prekeys.Publication;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /identity/agents/{did}/prekeys}. */
public record PrekeysPublishRequest(
    Signed signedPrekey,
    List<OneTime> oneTimePrekeys,
    @Nullable Kem lastResortKemPrekey,
    @Nullable List<Kem> oneTimeKemPrekeys) {

  /** A signed prekey. */
  public record Signed(
      String id, String publicKey, String expiresAt, List<String> suites, String signature) {}

  /** A one-time prekey. */
  public record OneTime(String id, String publicKey) {}

  /** A KEM prekey. */
  public record Kem(String id, String publicKey, String expiresAt, String signature) {
    KemPrekey prekey(KemPrekey.Kind kind) {
      return new KemPrekey(
          id,
          kind,
          Base64Url.decode(publicKey, MlKem768.PUBLIC_KEY_SIZE),
          WireTime.parse(expiresAt),
          Base64Url.decode(signature, Ed25519.SIGNATURE_SIZE));
    }
  }

  Publication publication() {
    SignedPrekey signed =
        new SignedPrekey(
            signedPrekey.id(),
            Base64Url.decode(signedPrekey.publicKey(), X25519.SIZE),
            WireTime.parse(signedPrekey.expiresAt()),
            new SpokenSuites(signedPrekey.suites()),
            Base64Url.decode(signedPrekey.signature(), Ed25519.SIGNATURE_SIZE));
    List<OneTimePrekey> oneTime =
        oneTimePrekeys.stream()
            .map(p -> new OneTimePrekey(p.id(), Base64Url.decode(p.publicKey(), X25519.SIZE)))
            .toList();
    List<KemPrekey> oneTimeKem =
        Optional.ofNullable(oneTimeKemPrekeys).orElse(List.of()).stream()
            .map(p -> p.prekey(KemPrekey.Kind.ONE_TIME))
            .toList();
    return new Publication(
        signed,
        oneTime,
        Optional.ofNullable(lastResortKemPrekey).map(p -> p.prekey(KemPrekey.Kind.LAST_RESORT)),
        oneTimeKem);
  }
}
