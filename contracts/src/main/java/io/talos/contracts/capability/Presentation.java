package io.talos.contracts.capability;

import java.time.Instant;
import java.util.Optional;

/**
 * How a capability is shown.
 *
 * @param presenter the caller's principal id, proved by their own signature
 * @param need what it is shown for
 * @param now the one instant of the operation
 * @param source the numeric address that the caller speaks from; a capability that is bound to
 *     networks is refused when it is not known
 */
public record Presentation(String presenter, Need need, Instant now, Optional<String> source) {
  /** Shown from nobody knows where. */
  public Presentation(String presenter, Need need, Instant now) {
    this(presenter, need, now, Optional.empty());
  }
}
