package io.talos.contracts.json;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads JSON so that no two readers can understand the same bytes differently.
 *
 * <p>Refused are malformed UTF-8 and a byte order mark, duplicate member names, lone surrogates,
 * trailing text, and anything beyond the given {@link Limits}. Numbers keep their exact value; one
 * that a double cannot hold is refused.
 *
 * <p>Source: RFC 8259, RFC 7493 (I-JSON) §2.
 *
 * <p>Refuses with: {@link ErrorCode#MALFORMED_JSON}, {@link ErrorCode#DUPLICATE_MEMBER}, {@link
 * ErrorCode#INVALID_UTF8}, {@link ErrorCode#BODY_TOO_LARGE}, {@link ErrorCode#BODY_TOO_COMPLEX}.
 */
public final class StrictJson {
  private final JsonParser parser;
  private final Limits limits;
  private int values;

  private StrictJson(JsonParser parser, Limits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /** Reads one JSON value of any kind. */
  public static JsonValue parse(Bytes text, Limits limits) {
    if (text.size() > limits.bytesMax()) {
      throw new TalosException(ErrorCode.BODY_TOO_LARGE, text.size() + " bytes");
    }
    try (JsonParser parser = Json.PROVIDER.createParser(new StringReader(decode(text)))) {
      return new StrictJson(parser, limits).document();
    } catch (JsonParsingException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "not JSON", e);
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "ends too early", e);
    }
  }

  /** Reads one JSON object. */
  public static JsonObject parseObject(Bytes text, Limits limits) {
    if (parse(text, limits) instanceof JsonObject object) {
      return object;
    }
    throw new TalosException(ErrorCode.MALFORMED_JSON, "not a JSON object");
  }

  private static String decode(Bytes text) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(text.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new TalosException(ErrorCode.INVALID_UTF8, "malformed UTF-8", e);
    }
  }

  private JsonValue document() {
    JsonValue value = value(parser.next(), 1);
    if (parser.hasNext()) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "text after the value");
    }
    return value;
  }

  private JsonValue value(JsonParser.Event event, int depth) {
    if (++values > limits.valuesMax() || depth > limits.depthMax()) {
      throw new TalosException(ErrorCode.BODY_TOO_COMPLEX, "too deep or too many values");
    }
    return switch (event) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> Json.createValue(wellFormed(parser.getString()));
      case VALUE_NUMBER -> number();
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      case VALUE_NULL -> JsonValue.NULL;
      case KEY_NAME, END_ARRAY, END_OBJECT ->
          throw new TalosException(ErrorCode.MALFORMED_JSON, "unexpected " + event);
    };
  }

  private JsonValue object(int depth) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    Set<String> names = new HashSet<>();
    for (JsonParser.Event e = parser.next(); e != JsonParser.Event.END_OBJECT; e = parser.next()) {
      String name = wellFormed(parser.getString());
      if (!names.add(name)) {
        throw new TalosException(ErrorCode.DUPLICATE_MEMBER, "a member stands twice");
      }
      object.add(name, value(parser.next(), depth + 1));
    }
    return object.build();
  }

  private JsonValue array(int depth) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (JsonParser.Event e = parser.next(); e != JsonParser.Event.END_ARRAY; e = parser.next()) {
      array.add(value(e, depth + 1));
    }
    return array.build();
  }

  /**
   * A number that a double can hold and whose exact value stays cheap: arithmetic on {@code
   * 1e1000000000} would fill the memory with zeros.
   */
  private JsonValue number() {
    String text = parser.getString();
    if (text.length() > Limits.NUMBER_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.BODY_TOO_COMPLEX, "a number is too long");
    }
    if (Double.isInfinite(Double.parseDouble(text))) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "a number beyond IEEE 754");
    }
    BigDecimal value = decimal(text);
    if (Math.abs((long) value.scale()) > Limits.NUMBER_SCALE_MAX) {
      throw new TalosException(ErrorCode.BODY_TOO_COMPLEX, "a number's exponent is too large");
    }
    return Json.createValue(value);
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // Only an exponent that overflows an int is left: the text is a JSON number.
      throw new TalosException(ErrorCode.BODY_TOO_COMPLEX, "a number's exponent is too large", e);
    }
  }

  private static String wellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "a lone surrogate");
    }
    return text;
  }

  /** Whether every surrogate of {@code text} has its partner, so that UTF-8 can carry it. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isLowSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
