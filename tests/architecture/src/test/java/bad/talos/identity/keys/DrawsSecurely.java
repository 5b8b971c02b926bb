package bad.talos.identity.keys;

import java.security.SecureRandom;

/** Chance of its own. */
final class DrawsSecurely {
  int draw() {
    return new SecureRandom().nextInt();
  }
}
