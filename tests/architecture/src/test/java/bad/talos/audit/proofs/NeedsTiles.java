package bad.talos.audit.proofs;

import bad.talos.audit.tiles.NeedsProofs;

/** Half of a circle. */
public final class NeedsTiles {
  Class<?> other() {
    return NeedsProofs.class;
  }
}
