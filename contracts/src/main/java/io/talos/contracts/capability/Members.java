package io.talos.contracts.capability;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads an object that has no members but the known ones, each of exactly its type. */
final class Members {
  private final JsonObject json;

  Members(JsonObject json, Set<String> known) {
    if (!known.containsAll(json.keySet())) {
      throw invalid("an unknown member");
    }
    this.json = json;
  }

  boolean has(String name) {
    return json.containsKey(name);
  }

  JsonValue value(String name) {
    JsonValue value = json.get(name);
    if (value == null) {
      throw invalid("a member is missing");
    }
    return value;
  }

  String text(String name, int charactersMax) {
    return text(value(name), charactersMax);
  }

  Optional<String> optionalText(String name, int charactersMax) {
    return has(name) ? Optional.of(text(name, charactersMax)) : Optional.empty();
  }

  long integer(String name, long min, long max) {
    return integer(value(name), min, max);
  }

  List<Integer> integers(String name, int count, int min, int max) {
    List<Integer> integers = new ArrayList<>();
    for (JsonValue value : list(name, count)) {
      integers.add((int) integer(value, min, max));
    }
    return integers;
  }

  private static long integer(JsonValue json, long min, long max) {
    if (!(json instanceof JsonNumber number) || !number.isIntegral()) {
      throw invalid("not a whole number");
    }
    BigDecimal value = number.bigDecimalValue();
    if (value.compareTo(BigDecimal.valueOf(min)) < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw invalid("a number lies outside its bounds");
    }
    return value.longValueExact();
  }

  OptionalLong optionalInteger(String name, long min, long max) {
    return has(name) ? OptionalLong.of(integer(name, min, max)) : OptionalLong.empty();
  }

  /** An array of 1 to {@code max} elements. */
  List<JsonValue> list(String name, int max) {
    if (!(value(name) instanceof JsonArray array) || array.isEmpty() || array.size() > max) {
      throw invalid("not an array of the allowed size");
    }
    return List.copyOf(array);
  }

  List<String> texts(String name, int max, int charactersMax) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : list(name, max)) {
      texts.add(text(value, charactersMax));
    }
    return texts;
  }

  private static String text(JsonValue value, int charactersMax) {
    if (!(value instanceof JsonString text) || text.getString().length() > charactersMax) {
      throw invalid("not a text of the allowed length");
    }
    return text.getString();
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.CAPABILITY_INVALID, why);
  }
}
