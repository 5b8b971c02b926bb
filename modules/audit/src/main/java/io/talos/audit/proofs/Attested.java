package io.talos.audit.proofs;

import io.talos.audit.tree.Published;
import io.talos.contracts.log.anchor.Anchor;
import java.util.List;

/**
 * A checkpoint with the evidence that others saw it.
 *
 * @param anchors all that is there; it may be none
 */
public record Attested(Published published, List<Anchor> anchors) {
  /** Copies. */
  public Attested {
    anchors = List.copyOf(anchors);
  }

  /** The checkpoint's size. */
  public long size() {
    return published.checkpoint().size();
  }
}
