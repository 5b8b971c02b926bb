package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How the stories state a refusal. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(ErrorCode code, ThrowingCallable attempt) {
    assertThatExceptionOfType(TalosException.class)
        .isThrownBy(attempt)
        .extracting(TalosException::code)
        .isEqualTo(code);
  }
}
