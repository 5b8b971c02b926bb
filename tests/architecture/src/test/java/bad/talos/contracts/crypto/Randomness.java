package bad.talos.contracts.crypto;

import java.security.SecureRandom;

/** Stands where all chance comes from. */
final class Randomness {
  int draw() {
    return new SecureRandom().nextInt();
  }
}
