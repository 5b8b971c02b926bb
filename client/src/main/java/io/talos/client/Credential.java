package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.http.Headers;
import io.talos.contracts.http.RequestSigner;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the headers by which a server knows who asks. */
@FunctionalInterface
interface Credential {
  Map<String, String> headers(
      String method, String target, Optional<String> capability, Optional<Bytes> body);

  /** Nobody in particular. */
  static Credential none() {
    return (method, target, capability, body) -> Map.of();
  }

  /** An agent: every request is signed with its key. */
  static Credential signature(Identity identity, InstantSource clock, Randomness randomness) {
    RequestSigner signer =
        new RequestSigner(
            identity.history().did(),
            identity.signing(),
            clock,
            randomness,
            RequestSigner.LIFETIME);
    return signer::sign;
  }

  /** Whoever holds {@code key}, under the DID that is made of it. */
  static Credential ownKey(Ed25519.KeyPair key, InstantSource clock, Randomness randomness) {
    RequestSigner signer = new RequestSigner(key, clock, randomness);
    return signer::sign;
  }

  /** Whoever holds {@code token}: an operator's JSON Web Token or a virtual key. */
  static Credential bearer(String token) {
    return (method, target, capability, body) -> {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("authorization", "Bearer " + token);
      capability.ifPresent(chain -> headers.put(Headers.CAPABILITY, chain));
      return headers;
    };
  }
}
