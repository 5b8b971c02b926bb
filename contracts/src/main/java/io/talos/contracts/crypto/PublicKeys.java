package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 public keys that were validated, so that each is validated once: that costs as much as a
 * verification.
 *
 * <p>Every key has one place, which a number drawn at start and the key decide; the last key of a
 * place stays. So memory is bounded to {@link #PLACES} keys, nothing locks, and a stranger who
 * sends many keys costs the others a validation, never an answer: a place is believed only when all
 * 32 bytes are equal. Keys that fail are not kept. Thread safe.
 */
final class PublicKeys {
  /** How many keys are remembered at most; each takes some 400 bytes. */
  static final int PLACES = 1 << 13;

  private final Curves curves;
  private final long salt;
  private final AtomicReferenceArray<@Nullable Known> places;

  private record Known(Bytes key, Curves.Verifier verifier) {}

  PublicKeys(Curves curves, Randomness randomness) {
    this(curves, randomness, PLACES);
  }

  PublicKeys(Curves curves, Randomness randomness, int places) {
    this.curves = curves;
    this.salt = randomness.nextLong();
    this.places = new AtomicReferenceArray<>(places);
  }

  /** What verifies under {@code key}; null when it is no canonical point of full order. */
  Curves.@Nullable Verifier find(Bytes key) {
    int place = place(key);
    Known known = places.get(place);
    if (known != null && known.key.equals(key)) {
      return known.verifier;
    }
    // "full" means: on the curve, canonical, and in the prime-order subgroup.
    if (key.size() != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(key.toArray(), 0)) {
      return null;
    }
    Known fresh = new Known(key, curves.verifier(key));
    places.set(place, fresh);
    return fresh.verifier;
  }

  private int place(Bytes key) {
    long mixed = (key.hashCode() ^ salt) * 0x9E3779B97F4A7C15L;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 32), places.length());
  }
}
