package io.talos.contracts.json;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Canonicalization Scheme: the one text that is hashed and signed.
 *
 * <p>Member names are sorted by UTF-16 code units, numbers are written as ECMAScript does.
 *
 * <p>Source: RFC 8785 §3.2.
 */
public final class CanonicalJson {
  private static final String HEX = "0123456789abcdef";
  private static final int FIRST_PRINTABLE = 0x20;

  /** Integers of at most this many bits are their own ECMAScript text. */
  private static final int EXACT_BITS = 53;

  private final StringBuilder text = new StringBuilder(512);

  private CanonicalJson() {}

  /**
   * The canonical UTF-8 text of {@code value}.
   *
   * <p>Numbers become the nearest double, as the source demands: two integers above {@link
   * Limits#INTEGER_MAX} may have one text. The schemas of signed objects keep integers below it.
   *
   * @throws TalosException {@link ErrorCode#MALFORMED_JSON} when a number lies outside IEEE 754 or
   *     a string holds a lone surrogate
   */
  public static Bytes encode(JsonValue value) {
    CanonicalJson canonical = new CanonicalJson();
    canonical.write(value);
    return canonical.bytes();
  }

  /** The canonical text of {@code object} without {@code member}: what its signature covers. */
  public static Bytes encodeWithout(JsonObject object, String member) {
    CanonicalJson canonical = new CanonicalJson();
    canonical.writeObject(object, member);
    return canonical.bytes();
  }

  private Bytes bytes() {
    String all = text.toString();
    if (!StrictJson.isWellFormed(all)) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "a lone surrogate has no UTF-8 form");
    }
    return Bytes.utf8(all);
  }

  private void write(JsonValue value) {
    switch (value.getValueType()) {
      case OBJECT -> writeObject((JsonObject) value, null);
      case ARRAY -> writeArray((JsonArray) value);
      case STRING -> writeString(((JsonString) value).getString());
      case NUMBER -> writeNumber((JsonNumber) value);
      case TRUE -> text.append("true");
      case FALSE -> text.append("false");
      case NULL -> text.append("null");
    }
  }

  private void writeObject(JsonObject object, @Nullable String leftOut) {
    String[] names = object.keySet().toArray(String[]::new);
    // The natural order of strings is the order of their UTF-16 code units.
    Arrays.sort(names);
    text.append('{');
    boolean first = true;
    for (String name : names) {
      if (!name.equals(leftOut)) {
        separate(first);
        first = false;
        writeString(name);
        text.append(':');
        write(Objects.requireNonNull(object.get(name)));
      }
    }
    text.append('}');
  }

  private void writeArray(JsonArray array) {
    text.append('[');
    boolean first = true;
    for (JsonValue element : array) {
      separate(first);
      first = false;
      write(element);
    }
    text.append(']');
  }

  private void separate(boolean first) {
    if (!first) {
      text.append(',');
    }
  }

  private void writeString(String value) {
    text.append('"');
    int written = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < FIRST_PRINTABLE || c == '"' || c == '\\') {
        text.append(value, written, i);
        writeEscape(c);
        written = i + 1;
      }
    }
    text.append(value, written, value.length()).append('"');
  }

  private void writeEscape(char c) {
    text.append('\\');
    switch (c) {
      case '"', '\\' -> text.append(c);
      case '\b' -> text.append('b');
      case '\t' -> text.append('t');
      case '\n' -> text.append('n');
      case '\f' -> text.append('f');
      case '\r' -> text.append('r');
      default -> text.append("u00").append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 0xF));
    }
  }

  private void writeNumber(JsonNumber number) {
    if (number.isIntegral()) {
      BigInteger integer = number.bigIntegerValueExact();
      if (integer.bitLength() <= EXACT_BITS) {
        text.append(integer.longValueExact());
        return;
      }
    }
    text.append(EcmaNumber.text(number.doubleValue()));
  }
}
