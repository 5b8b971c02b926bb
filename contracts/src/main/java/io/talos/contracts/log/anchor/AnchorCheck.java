package io.talos.contracts.log.anchor;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What an anchor proves of a checkpoint. */
public sealed interface AnchorCheck {
  /**
   * It holds.
   *
   * @param statement what it proves, as a sentence without a full stop
   * @param time by when the checkpoint existed, where the anchor says so
   */
  record Holds(AnchorKind kind, String statement, Optional<Instant> time) implements AnchorCheck {}

  /**
   * It may hold, but the verifier trusts nobody whom it names.
   *
   * @param why as a sentence without a full stop
   */
  record NotShown(AnchorKind kind, String why) implements AnchorCheck {}

  /**
   * It is false, or of another checkpoint.
   *
   * @param why as a sentence without a full stop
   */
  record Refused(AnchorKind kind, String why) implements AnchorCheck {}

  /** Answers by the result. */
  default <R> R match(
      Function<Holds, R> holds, Function<NotShown, R> notShown, Function<Refused, R> refused) {
    if (this instanceof Holds yes) {
      return holds.apply(yes);
    }
    return this instanceof NotShown open ? notShown.apply(open) : refused.apply((Refused) this);
  }
}
