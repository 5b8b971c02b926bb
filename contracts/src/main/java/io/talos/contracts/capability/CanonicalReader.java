package io.talos.contracts.capability;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads canonical JSON and nothing else: whoever wrote the same values again would write the same
 * bytes. Of numbers it knows whole ones; {@code null} it does not know.
 *
 * <p>Source: RFC 8785 §3.2. Not thread safe.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_INVALID}.
 */
final class CanonicalReader {
  private static final long INTEGER_MAX = io.talos.contracts.json.Limits.INTEGER_MAX;
  private static final String ESCAPES = "btnfr\"\\";
  private static final String ESCAPED = "\b\t\n\f\r\"\\";

  private final byte[] text;
  private int at;

  CanonicalReader(byte[] text) {
    this.text = text;
  }

  static TalosException invalid(String why) {
    return new TalosException(ErrorCode.CAPABILITY_INVALID, why);
  }

  /** Where the next byte is. */
  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == text.length;
  }

  /** The next byte; NUL at the end, which no token starts with. */
  byte peek() {
    return at < text.length ? text[at] : 0;
  }

  /** Takes this byte. */
  void take(char wanted) {
    if (peek() != wanted) {
      throw invalid("another character is expected");
    }
    at++;
  }

  /** Takes this byte if it is the next. */
  boolean takes(char wanted) {
    boolean is = peek() == wanted;
    at += is ? 1 : 0;
    return is;
  }

  /** A text of at most {@code charactersMax} UTF-16 code units. */
  String text(int charactersMax) {
    take('"');
    int start = at;
    while (at < text.length && text[at] != '"' && text[at] != '\\' && text[at] >= ' ') {
      at++;
    }
    // A negative byte is part of a longer character; those and escapes take the slow way.
    String read =
        takes('"')
            ? new String(text, start, at - 1 - start, StandardCharsets.ISO_8859_1)
            : anyText(start);
    if (read.length() > charactersMax) {
      throw invalid("a text is too long");
    }
    return read;
  }

  private String anyText(int start) {
    at = start;
    StringBuilder read = new StringBuilder();
    while (!takes('"')) {
      if (peek() == '\\') {
        at++;
        read.append(escaped());
      } else {
        read.append(run());
      }
    }
    return read.toString();
  }

  /** What stands for itself, up to the next escape or the end of the text. */
  private String run() {
    int start = at;
    while (at < text.length && text[at] != '"' && text[at] != '\\' && (text[at] & 0xFF) >= ' ') {
      at++;
    }
    if (at == start) {
      throw invalid("a text does not end, or holds a control character");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(text, start, at - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "malformed UTF-8", e);
    }
  }

  private char escaped() {
    int known = ESCAPES.indexOf(peek());
    if (known >= 0) {
      at++;
      return ESCAPED.charAt(known);
    }
    take('u');
    take('0');
    take('0');
    int code = (digit() << 4) | digit();
    if (code >= ' ' || ESCAPED.indexOf(code) >= 0) {
      throw invalid("an escape that canonical JSON does not use");
    }
    return (char) code;
  }

  private int digit() {
    byte b = peek();
    at++;
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    if (b >= 'a' && b <= 'f') {
      return b - 'a' + 10;
    }
    throw invalid("no lower-case hexadecimal digit");
  }

  /** A whole number that every double holds. */
  long integer() {
    boolean negative = takes('-');
    int start = at;
    long value = 0;
    while (at < text.length && text[at] >= '0' && text[at] <= '9' && at - start < 17) {
      value = 10 * value + (text[at] - '0');
      at++;
    }
    boolean zero = at == start || text[start] == '0';
    if (value > INTEGER_MAX || (zero && (negative || at - start != 1))) {
      throw invalid("not a whole number in its one form");
    }
    return negative ? -value : value;
  }

  /** A whole number from {@code min} to {@code max}. */
  long integer(long min, long max) {
    long value = integer();
    if (value < min || value > max) {
      throw invalid("a number lies outside its bounds");
    }
    return value;
  }

  /** Any value, at most {@code depth} deep. */
  JsonValue value(int depth) {
    if (depth == 0) {
      throw invalid("too deep");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> Json.createValue(text(text.length));
      case 't' -> word("true", JsonValue.TRUE);
      case 'f' -> word("false", JsonValue.FALSE);
      default -> Json.createValue(integer());
    };
  }

  private JsonValue word(String word, JsonValue value) {
    for (int i = 0; i < word.length(); i++) {
      take(word.charAt(i));
    }
    return value;
  }

  private JsonValue array(int depth) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    take('[');
    if (takes(']')) {
      return array.build();
    }
    do {
      array.add(value(depth - 1));
    } while (takes(','));
    take(']');
    return array.build();
  }

  private JsonValue object(int depth) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    take('{');
    if (takes('}')) {
      return object.build();
    }
    String before = null;
    do {
      String name = text(text.length);
      // Strictly ascending, so that no name stands twice.
      if (before != null && name.compareTo(before) <= 0) {
        throw invalid("members out of order");
      }
      before = name;
      take(':');
      object.add(name, value(depth - 1));
    } while (takes(','));
    take('}');
    return object.build();
  }
}
