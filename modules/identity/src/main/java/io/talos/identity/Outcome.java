package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import java.util.function.Function;

/**
 * What became of an operation: done, or refused with nothing changed.
 *
 * @param <T> what a done operation gives back
 */
public sealed interface Outcome<T> permits Outcome.Done, Outcome.Refused {
  /** Answers by the kind of outcome. */
  default <R> R match(Function<T, R> done, Function<ErrorCode, R> refused) {
    if (this instanceof Done<T> yes) {
      return done.apply(yes.value());
    }
    return refused.apply(((Refused<T>) this).code());
  }

  /** It was done. */
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /** It was refused. */
  static <T> Outcome<T> refused(ErrorCode code) {
    return new Refused<>(code);
  }

  /** Done, with what it gave. */
  record Done<T>(T value) implements Outcome<T> {}

  /** Refused; nothing changed. */
  record Refused<T>(ErrorCode code) implements Outcome<T> {}
}
