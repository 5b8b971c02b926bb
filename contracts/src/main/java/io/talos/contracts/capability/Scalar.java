package io.talos.contracts.capability;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;

/**
 * A text, a whole number or a truth value, as a constraint may hold it. Never null, never a float:
 * two readers could disagree about those.
 *
 * @param json the value
 */
public record Scalar(JsonValue json) {
  private static final BigDecimal INTEGER_MAX =
      BigDecimal.valueOf(io.talos.contracts.json.Limits.INTEGER_MAX);

  /** Refuses every other kind of value. */
  public Scalar {
    if (!isScalar(json)) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a text, integer or boolean");
    }
  }

  private static boolean isScalar(JsonValue json) {
    return switch (json.getValueType()) {
      case TRUE, FALSE -> true;
      case STRING -> ((JsonString) json).getString().length() <= Limits.CONSTRAINT_CHARACTERS_MAX;
      case NUMBER ->
          ((JsonNumber) json).isIntegral()
              && ((JsonNumber) json).bigDecimalValue().abs().compareTo(INTEGER_MAX) <= 0;
      default -> false;
    };
  }

  /** Whether {@code other} is the same value; {@code 1.0} is the number {@code 1}. */
  public boolean is(JsonValue other) {
    if (json instanceof JsonNumber mine && other instanceof JsonNumber theirs) {
      return mine.bigDecimalValue().compareTo(theirs.bigDecimalValue()) == 0;
    }
    if (json instanceof JsonString mine && other instanceof JsonString theirs) {
      return mine.getString().equals(theirs.getString());
    }
    return json.equals(other);
  }
}
