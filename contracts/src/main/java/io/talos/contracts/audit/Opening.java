package io.talos.contracts.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;

/**
 * A personal datum and the salt that hides it in its commitment. Deleting the opening erases the
 * datum; the commitment, and every hash over it, stays as it is.
 *
 * @param value the datum, at most {@value #VALUE_CHARACTERS_MAX} characters
 * @param salt {@value #SALT_SIZE} unpredictable bytes, never used twice
 */
public record Opening(String value, Bytes salt) {
  /** Salt length in bytes; fixed, so that salt and value cannot be divided in two ways. */
  public static final int SALT_SIZE = 16;

  /** Longest value in characters. */
  public static final int VALUE_CHARACTERS_MAX = 1024;

  /** Checks both lengths. */
  public Opening {
    Check.that(salt.size() == SALT_SIZE, "a salt has 16 bytes");
    Check.atMost(value.length(), VALUE_CHARACTERS_MAX, "a personal value's length");
  }

  /** Hides {@code value} under a fresh salt. */
  public static Opening of(String value, Randomness randomness) {
    return new Opening(value, randomness.bytes(SALT_SIZE));
  }

  /** SHA-256 of salt and value. */
  public Bytes commitment() {
    return Sha256.of(salt, Bytes.utf8(value));
  }
}
