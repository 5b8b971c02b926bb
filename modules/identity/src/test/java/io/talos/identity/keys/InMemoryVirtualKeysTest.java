package io.talos.identity.keys;

/** The map keeps the contract, so that stories played on it mean something. */
class InMemoryVirtualKeysTest implements VirtualKeysContract {
  @Override
  public VirtualKeys keys() {
    return new InMemoryVirtualKeys();
  }
}
