package bad.talos.identity.keys;

import java.util.concurrent.ThreadLocalRandom;

/** Chance of its own, and a bad one. */
final class DrawsFast {
  int draw() {
    return ThreadLocalRandom.current().nextInt();
  }
}
