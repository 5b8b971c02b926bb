package bad.talos.identity.keys;

import java.util.UUID;

/** Chance of its own. */
final class DrawsAUuid {
  UUID draw() {
    return UUID.randomUUID();
  }
}
