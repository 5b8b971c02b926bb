package io.talos.audit;

import io.talos.contracts.error.ErrorCode;
import java.util.function.Function;

/** What was asked for, or why it is not given. */
public sealed interface Reading<T> {
  /** It is here. */
  record Found<T>(T value) implements Reading<T> {}

  /** It is not given. */
  record Refused<T>(ErrorCode code) implements Reading<T> {}

  /** Answers by the result. */
  default <R> R match(Function<T, R> found, Function<ErrorCode, R> refused) {
    if (this instanceof Found<T> here) {
      return found.apply(here.value);
    }
    return refused.apply(((Refused<T>) this).code);
  }
}
