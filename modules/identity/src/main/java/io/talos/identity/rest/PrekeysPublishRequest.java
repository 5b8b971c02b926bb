package io.talos.identity.rest;

import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.time.WireTime;
import io.talos.identity.prekeys.Publication;
import java.util.List;

/** Body of {@code PUT /identity/agents/{did}/prekeys}. */
public record PrekeysPublishRequest(Signed signedPrekey, List<OneTime> oneTimePrekeys) {

  /** A signed prekey. */
  public record Signed(String id, String publicKey, String expiresAt, String signature) {}

  /** A one-time prekey. */
  public record OneTime(String id, String publicKey) {}

  Publication publication() {
    SignedPrekey signed =
        new SignedPrekey(
            signedPrekey.id(),
            Base64Url.decode(signedPrekey.publicKey(), X25519.SIZE),
            WireTime.parse(signedPrekey.expiresAt()),
            Base64Url.decode(signedPrekey.signature(), Ed25519.SIGNATURE_SIZE));
    List<OneTimePrekey> oneTime =
        oneTimePrekeys.stream()
            .map(p -> new OneTimePrekey(p.id(), Base64Url.decode(p.publicKey(), X25519.SIZE)))
            .toList();
    return new Publication(signed, oneTime);
  }
}
