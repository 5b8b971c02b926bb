package io.talos.contracts.error;

import org.jspecify.annotations.Nullable;

/**
 * Something is broken, or bytes from outside cannot be read: carries a stable code outward and an
 * explanation inward.
 *
 * <p>The message goes to logs only; a caller is told the code and its registered title, never this
 * text. Thrown inside a transaction it rolls the transaction back; a refusal that must be recorded
 * is a value instead.
 */
public final class TalosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A fault with no deeper cause. */
  public TalosException(ErrorCode code, String forTheLog) {
    this(code, forTheLog, null);
  }

  /** A fault that {@code cause} explains. */
  public TalosException(ErrorCode code, String forTheLog, @Nullable Throwable cause) {
    super(code.name() + ": " + forTheLog, cause);
    this.code = code;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }
}
