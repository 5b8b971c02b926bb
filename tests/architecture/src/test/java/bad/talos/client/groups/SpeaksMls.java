package bad.talos.client.groups;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/** What the MLS library takes and gives. */
final class SpeaksMls {
  boolean same(AsymmetricCipherKeyPair one, AsymmetricCipherKeyPair other) {
    return one.equals(other);
  }
}
