package io.talos.client;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.function.Function;

/** What was asked for, or the server's refusal. Broken things are a {@link TalosException}. */
public sealed interface Reply<T> permits Reply.Granted, Reply.Refused {

  /** Done. */
  record Granted<T>(T value, Receipt receipt) implements Reply<T> {}

  /** Not done. */
  record Refused<T>(Refusal refusal) implements Reply<T> {}

  /** Answers by the kind of reply. */
  default <R> R match(
      Function<? super Granted<T>, ? extends R> granted,
      Function<? super Refused<T>, ? extends R> refused) {
    if (this instanceof Granted<T> done) {
      return granted.apply(done);
    }
    return refused.apply((Refused<T>) this);
  }

  /** The same reply about something made from the value. */
  default <R> Reply<R> map(Function<? super T, ? extends R> made) {
    return match(
        done -> new Granted<>(made.apply(done.value()), done.receipt()),
        not -> new Refused<>(not.refusal()));
  }

  /** The receipt, of either kind of reply. */
  default Receipt receipt() {
    return match(Granted::receipt, not -> not.refusal().receipt());
  }

  /**
   * The value, for a caller to whom a refusal is a fault.
   *
   * @throws TalosException with the refusal's code
   */
  default T orThrow() {
    return match(
        Granted::value,
        not -> {
          throw new TalosException(
              not.refusal().known().orElse(ErrorCode.INTERNAL),
              "the server refused: " + not.refusal().code() + ", " + not.refusal().title());
        });
  }
}
