package io.talos.contracts.registry;

import io.talos.contracts.Check;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.json.Limits;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A form that a value in the metadata of an audit event may have. A text that does not fit its form
 * from the first to the last character is not of the type: half a secret is a secret.
 *
 * @param name what the registry calls it
 * @param form whether a value is of this type
 */
record MetaType(String name, Predicate<JsonValue> form) {

  /** True and false. */
  static MetaType flags(String name) {
    return new MetaType(
        name, value -> value == JsonValue.TRUE || value.getValueType() == ValueType.FALSE);
  }

  /** Whole numbers from 0 to the largest that every JSON reader keeps exactly. */
  static MetaType numbers(String name) {
    return new MetaType(name, MetaType::isExact);
  }

  /** Texts of the whole pattern. The bound comes first, so that no long text is searched. */
  static MetaType texts(String name, String pattern, int charactersMax) {
    Pattern compiled = Pattern.compile(pattern);
    Check.that(charactersMax > 0, "a text has a bound");
    Check.atMost(charactersMax, AuditEvent.META_CHARACTERS_MAX, "the longest text of " + name);
    return new MetaType(
        name,
        value ->
            value instanceof JsonString text
                && text.getChars().length() <= charactersMax
                && compiled.matcher(text.getChars()).matches());
  }

  private static boolean isExact(JsonValue value) {
    return value instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValue().signum() >= 0
        && number.bigIntegerValue().bitLength() < Long.SIZE
        && number.longValueExact() <= Limits.INTEGER_MAX;
  }
}
