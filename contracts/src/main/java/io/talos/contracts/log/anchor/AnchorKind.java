package io.talos.contracts.log.anchor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a checkpoint can be anchored in. */
public enum AnchorKind {
  /** Another party's cosignature: it saw this log, and no other history of it. */
  WITNESS,
  /** A timestamping authority's token: the checkpoint existed by then. */
  RFC3161,
  /** A transaction on an EVM chain. */
  EVM,
  /** A block of the chain that the log's own operator produces. */
  BLOCK;

  /** Its name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this name. */
  public static Optional<AnchorKind> ofWire(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wire().equals(name)).findFirst();
  }
}
