package io.talos.client;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.function.Function;

/** What became of a message that was to be sent. */
public sealed interface Delivery permits Delivery.Taken, Delivery.Waiting, Delivery.Refused {
  /** The server took it, and everything before it; it keeps it for the peer. */
  record Taken() implements Delivery {}

  /**
   * It is kept here, encrypted and in order, and is tried again with the next message, with {@link
   * Conversation#deliver}, or after a restart.
   *
   * @param code why the server did not take it now
   */
  record Waiting(String code) implements Delivery {}

  /**
   * It will not be taken: the session is over.
   *
   * @param code the server's reason
   */
  record Refused(String code) implements Delivery {}

  /** Answers by what became of it. */
  default <R> R match(
      Function<Taken, R> taken, Function<Waiting, R> waiting, Function<Refused, R> refused) {
    if (this instanceof Taken done) {
      return taken.apply(done);
    }
    return this instanceof Waiting kept ? waiting.apply(kept) : refused.apply((Refused) this);
  }

  /**
   * For a caller to whom everything but {@link Taken} is a fault.
   *
   * @throws TalosException {@link ErrorCode#UPSTREAM_UNAVAILABLE} while it waits, {@link
   *     ErrorCode#A2A_SESSION_STATE_INVALID} when the session is over
   */
  default void orThrow() {
    if (this instanceof Waiting waiting) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "not sent yet: " + waiting.code());
    }
    if (this instanceof Refused refused) {
      throw new TalosException(ErrorCode.A2A_SESSION_STATE_INVALID, "refused: " + refused.code());
    }
  }
}
