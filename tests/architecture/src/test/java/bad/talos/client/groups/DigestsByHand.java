package bad.talos.client.groups;

import java.security.MessageDigest;

/** Groups that hash for themselves. */
final class DigestsByHand {
  boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
