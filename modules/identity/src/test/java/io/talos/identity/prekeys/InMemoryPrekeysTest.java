package io.talos.identity.prekeys;

/** The maps keep the contract, so that stories played on them mean something. */
class InMemoryPrekeysTest implements PrekeysContract {
  @Override
  public Prekeys prekeys() {
    return new InMemoryPrekeys();
  }
}
