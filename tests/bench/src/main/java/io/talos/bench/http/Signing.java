package io.talos.bench.http;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.http.RequestSigner;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Signs requests that will be sent within a minute. */
final class Signing {
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final URI base;
  private final RequestSigner signer;

  Signing(URI base, Identity identity) {
    this.base = base;
    this.signer =
        new RequestSigner(identity.signing(), Clock.systemUTC(), Randomness.secure(), LIFETIME);
  }

  WireRequest request(String method, String path, Bytes body) {
    return request(method, path, Optional.empty(), body);
  }

  WireRequest request(String method, String path, Optional<String> capability, Bytes body) {
    URI target = base.resolve(path);
    var headers = signer.sign(method, target.toString(), capability, Optional.of(body));
    return WireRequest.of(method, target, headers, body);
  }
}
