package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;

/**
 * The arithmetic on edwards25519 and curve25519, by one of three libraries. What one accepts the
 * others accept: a token that one node admits must not be refused by the next.
 *
 * <p>Callers have checked sizes. Thread safe.
 */
sealed interface Curves permits CorrettoCurves, ConscryptCurves, BouncyCastleCurves {
  /** Who computes, as an operator reads it. */
  String name();

  /** What verifies signatures of {@code key}, a point that {@link PublicKeys} has validated. */
  Verifier verifier(Bytes key);

  /** The 64-byte Ed25519 signature of the seed, whose public key the caller vouches for. */
  byte[] sign(byte[] seed, byte[] publicKey, byte[] message);

  /** Writes the X25519 secret to {@code shared}; false when it is all zero. */
  boolean agree(byte[] privateKey, byte[] publicKey, byte[] shared);

  /** Ed25519 under one key of full order. */
  @FunctionalInterface
  interface Verifier {
    /**
     * Whether the 64 bytes are a signature: S below the group order, R a canonical point of full
     * order, and R = S·B - k·A exactly, that is without the cofactor.
     */
    boolean verify(byte[] message, byte[] signature);
  }
}
