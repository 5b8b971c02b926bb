package bad.talos.audit.tiles;

import bad.talos.audit.proofs.NeedsTiles;

/** Half of a circle. */
public final class NeedsProofs {
  Class<?> other() {
    return NeedsTiles.class;
  }
}
