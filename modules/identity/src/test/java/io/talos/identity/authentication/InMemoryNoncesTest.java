package io.talos.identity.authentication;

import java.time.Duration;

/** The set keeps the contract, so that stories played on it mean something. */
class InMemoryNoncesTest implements NoncesContract {
  @Override
  public Nonces nonces() {
    return new InMemoryNonces(Duration.ofSeconds(5));
  }
}
