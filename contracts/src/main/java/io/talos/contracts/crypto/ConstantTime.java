package io.talos.contracts.crypto;

import java.security.MessageDigest;

/** Comparison whose time does not depend on where two values differ. */
public final class ConstantTime {
  private ConstantTime() {}

  /** Whether both hold the same bytes. */
  public static boolean equal(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
