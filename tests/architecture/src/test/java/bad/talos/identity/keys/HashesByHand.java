package bad.talos.identity.keys;

import java.security.MessageDigest;

/** A feature with a digest of its own. */
final class HashesByHand {
  boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
