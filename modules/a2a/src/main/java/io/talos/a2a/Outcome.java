package io.talos.a2a;

import io.talos.contracts.error.ErrorCode;
import java.util.function.Function;

/** What an operation answers: its result, or the stable code of a refusal that changed nothing. */
public sealed interface Outcome<T> permits Outcome.Done, Outcome.Refused {
  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It was not. */
  record Refused<T>(ErrorCode code) implements Outcome<T> {}

  /** Done. */
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /** Refused. */
  static <T> Outcome<T> refused(ErrorCode code) {
    return new Refused<>(code);
  }

  /** Answers by the kind of outcome. */
  default <R> R match(Function<T, R> done, Function<ErrorCode, R> refused) {
    if (this instanceof Done<T> success) {
      return done.apply(success.value());
    }
    return refused.apply(((Refused<T>) this).code());
  }

  /** Goes on with the result; a refusal stays what it is. */
  default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
    return match(next, Outcome::refused);
  }
}
