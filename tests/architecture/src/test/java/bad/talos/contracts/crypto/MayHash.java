package bad.talos.contracts.crypto;

import java.security.MessageDigest;

/** The one package that may. */
final class MayHash {
  boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
