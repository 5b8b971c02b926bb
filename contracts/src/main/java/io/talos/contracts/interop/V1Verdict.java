package io.talos.contracts.interop;

import io.talos.contracts.error.ErrorCode;
import java.util.function.Function;

/** What a verifier of a 1.x object answers. A refusal is a value, so that it can be recorded. */
public sealed interface V1Verdict<T> {
  /**
   * It holds.
   *
   * @param value what was verified
   */
  record Accepted<T>(T value) implements V1Verdict<T> {}

  /**
   * It does not.
   *
   * @param code the stable code; the registry's {@code alias_1x} is its name in 1.x
   * @param why for the log
   */
  record Refused<T>(ErrorCode code, String why) implements V1Verdict<T> {}

  /** The one of both that applies. */
  default <R> R match(Function<Accepted<T>, R> accepted, Function<Refused<T>, R> refused) {
    return this instanceof Accepted<T> yes ? accepted.apply(yes) : refused.apply((Refused<T>) this);
  }
}
