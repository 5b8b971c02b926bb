package io.talos.identity;

import io.talos.contracts.error.ErrorCode;

/** Opens outcomes in tests. */
public final class Outcomes {
  private Outcomes() {}

  public static <T> T done(Outcome<T> outcome) {
    return outcome.match(
        value -> value,
        code -> {
          throw new AssertionError("refused with " + code);
        });
  }

  public static <T> ErrorCode refusal(Outcome<T> outcome) {
    return outcome.match(
        value -> {
          throw new AssertionError("done: " + value);
        },
        code -> code);
  }
}
