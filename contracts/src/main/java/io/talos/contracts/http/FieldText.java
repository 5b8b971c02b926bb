package io.talos.contracts.http;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes structured field values in their one serialized form.
 *
 * <p>Source: RFC 9651 §4.1.
 */
final class FieldText {
  private FieldText() {}

  /** An unmodifiable copy that keeps the order. */
  static <V> Map<String, V> ordered(Map<String, V> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static String of(FieldValue.InnerList list) {
    StringBuilder text = new StringBuilder("(");
    String separator = "";
    for (FieldValue.Item item : list.items()) {
      text.append(separator).append(of(item));
      separator = " ";
    }
    text.append(')');
    appendParameters(text, list.parameters());
    return text.toString();
  }

  static String of(FieldValue.Item item) {
    StringBuilder text = new StringBuilder(of(item.value()));
    appendParameters(text, item.parameters());
    return text.toString();
  }

  static String of(FieldValue.Bare bare) {
    if (bare instanceof FieldValue.Whole whole) {
      return Long.toString(whole.value());
    }
    if (bare instanceof FieldValue.Text string) {
      return '"' + string.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (bare instanceof FieldValue.Token token) {
      return token.value();
    }
    if (bare instanceof FieldValue.Binary binary) {
      return ':' + Base64.getEncoder().encodeToString(binary.value().toArray()) + ':';
    }
    return ((FieldValue.Flag) bare).value() ? "?1" : "?0";
  }

  private static void appendParameters(StringBuilder text, Map<String, FieldValue.Bare> values) {
    values.forEach(
        (name, value) -> {
          text.append(';').append(name);
          if (!(value instanceof FieldValue.Flag flag && flag.value())) {
            text.append('=').append(of(value));
          }
        });
  }
}
