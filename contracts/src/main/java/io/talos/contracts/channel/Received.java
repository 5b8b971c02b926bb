package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.function.Function;

/**
 * What became of a message that arrived. A refused message has changed nothing: keep the state that
 * it was tried with.
 */
public sealed interface Received permits Received.Opened, Received.Refused {
  /** Genuine. Save {@code next} before the plaintext is acted on. */
  record Opened(RatchetState next, Bytes plaintext) implements Received {}

  /**
   * Not to be read.
   *
   * @param code {@link ErrorCode#RATCHET_INVALID_HEADER} or {@link
   *     ErrorCode#RATCHET_MAX_SKIP_EXCEEDED}, which anybody can tell from the header alone, or
   *     {@link ErrorCode#RATCHET_AUTH_FAILED} for everything else, whatever the cause
   */
  record Refused(ErrorCode code) implements Received {}

  /** Answers by what became of it. */
  default <R> R match(Function<Opened, R> opened, Function<Refused, R> refused) {
    if (this instanceof Opened genuine) {
      return opened.apply(genuine);
    }
    return refused.apply((Refused) this);
  }

  /**
   * The opened message, for callers to whom a refusal is a fault.
   *
   * @throws TalosException with the refusal's code
   */
  default Opened orThrow() {
    return match(
        opened -> opened,
        refused -> {
          throw new TalosException(refused.code(), "the message was refused");
        });
  }

  /** The refusal that {@code failure} means outside of this package. */
  static Refused refusal(TalosException failure) {
    return switch (failure.code()) {
      case RATCHET_INVALID_HEADER, RATCHET_MAX_SKIP_EXCEEDED -> new Refused(failure.code());
      default -> new Refused(ErrorCode.RATCHET_AUTH_FAILED);
    };
  }
}
