package io.talos.client;

import io.talos.contracts.error.ErrorCode;
import java.util.Optional;

/**
 * The server said no.
 *
 * @param code the stable code; one that this library does not know is possible
 * @param status the HTTP status
 * @param title what the code means
 * @param retryable whether the same request may succeed later
 * @param receipt names the request
 */
public record Refusal(String code, int status, String title, boolean retryable, Receipt receipt) {
  /** Whether the code is {@code expected}. */
  public boolean is(ErrorCode expected) {
    return code.equals(expected.name());
  }

  /** The code as this library knows it. */
  public Optional<ErrorCode> known() {
    for (ErrorCode candidate : ErrorCode.values()) {
      if (is(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
