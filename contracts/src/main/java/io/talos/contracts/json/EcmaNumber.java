package io.talos.contracts.json;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/**
 * A double as ECMAScript writes it: the fewest digits that give the same double back, and of those
 * the nearest.
 *
 * <p>Source: RFC 8785 §3.2.2.3; ECMA-262, Number::toString.
 */
final class EcmaNumber {
  private static final int DIGITS_MAX = 17;

  /**
   * The smallest double to 60 of its 751 digits. A subnormal is a multiple of it; with so many
   * digits it lies on the same side of every number of 17 digits, and of the middle between two.
   * All of its digits would cost several times as much for each number, and strangers send many.
   */
  private static final BigDecimal SMALLEST =
      new BigDecimal(Double.MIN_VALUE).round(new MathContext(60, RoundingMode.DOWN));

  private EcmaNumber() {}

  static String text(double number) {
    double size = Math.abs(number);
    if (size > 0 && size < Double.MIN_NORMAL) {
      // The library writes some subnormal numbers wrongly: 1e-320 with 140 zeros.
      return (number < 0 ? "-" : "") + subnormal(size);
    }
    try {
      return NumberToJSON.serializeNumber(number);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "a number beyond IEEE 754", e);
    }
  }

  /** If some digits are enough, one more is enough as well; so halving finds how few are. */
  private static String subnormal(double size) {
    // The bits of a subnormal are the multiple itself (IEEE 754-2019 §3.4).
    BigDecimal exact = SMALLEST.multiply(BigDecimal.valueOf(Double.doubleToRawLongBits(size)));
    int low = 1;
    int high = DIGITS_MAX;
    while (low < high) {
      int middle = (low + high) / 2;
      if (nearest(exact, size, middle) == null) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    BigDecimal shortest = nearest(exact, size, low);
    if (shortest == null) {
      throw new IllegalStateException("17 digits give every double back");
    }
    String digits = shortest.stripTrailingZeros().unscaledValue().toString();
    int exponent = shortest.precision() - shortest.scale() - 1;
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + "e" + exponent;
  }

  /** The nearest decimal of so many digits that gives {@code size} back. */
  private static @Nullable BigDecimal nearest(BigDecimal exact, double size, int digits) {
    BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
    boolean belowFits = below.doubleValue() == size;
    boolean aboveFits = above.doubleValue() == size;
    if (belowFits && aboveFits) {
      boolean belowIsNearer = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
      return belowIsNearer ? below : above;
    }
    return belowFits ? below : aboveFits ? above : null;
  }
}
