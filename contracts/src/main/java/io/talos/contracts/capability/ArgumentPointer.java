package io.talos.contracts.capability;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a tool's arguments.
 *
 * <p>Source: RFC 6901 §3, §4. The index {@code -} and indexes with leading zeros lead nowhere.
 *
 * @param text the pointer; the empty text is the whole of the arguments
 */
public record ArgumentPointer(String text) {
  private static final Pattern FORM = Pattern.compile("(/([^~/]|~[01])*)*+");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** Refuses what is no pointer. */
  public ArgumentPointer {
    if (text.length() > Limits.POINTER_CHARACTERS_MAX || !FORM.matcher(text).matches()) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a JSON pointer");
    }
  }

  /** The value at this place; empty when there is none. */
  public Optional<JsonValue> find(JsonValue arguments) {
    if (text.isEmpty()) {
      return Optional.of(arguments);
    }
    Optional<JsonValue> at = Optional.of(arguments);
    for (String token : text.substring(1).split("/", -1)) {
      // "~1" before "~0", so that "~01" means "~1" and not "/".
      String name = token.replace("~1", "/").replace("~0", "~");
      at = at.flatMap(value -> step(value, name));
    }
    return at;
  }

  private static Optional<JsonValue> step(JsonValue value, String name) {
    if (value instanceof JsonObject object) {
      return Optional.ofNullable(object.get(name));
    }
    if (value instanceof JsonArray array && INDEX.matcher(name).matches()) {
      int index = Integer.parseInt(name);
      return index < array.size() ? Optional.of(array.get(index)) : Optional.empty();
    }
    return Optional.empty();
  }
}
