package io.talos.identity.rest;

import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.X25519;

/** An X25519 identity key and its certificate, both in base64url. */
public record KeyAgreementJson(String publicKey, String signature) {
  static KeyAgreementJson of(IdentityKey key) {
    return new KeyAgreementJson(
        Base64Url.encode(key.publicKey()), Base64Url.encode(key.signature()));
  }

  IdentityKey identityKey(String did) {
    return new IdentityKey(
        did,
        Base64Url.decode(publicKey, X25519.SIZE),
        Base64Url.decode(signature, Ed25519.SIGNATURE_SIZE));
  }
}
