package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the members of an object from outside; whatever is missing or of another type has one code.
 */
final class Members {
  private final JsonObject json;
  private final ErrorCode code;

  Members(JsonObject json, ErrorCode code) {
    this.json = json;
    this.code = code;
  }

  /** Requires that every member is one of {@code names}. */
  Members only(Set<String> names) {
    if (!names.containsAll(json.keySet())) {
      throw refused("an unknown member");
    }
    return this;
  }

  boolean has(String name) {
    return json.containsKey(name);
  }

  String text(String name) {
    if (json.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw refused(name + " is not a text");
  }

  /** A list of at most {@code most} texts. */
  List<String> texts(String name, int most) {
    if (!(json.get(name) instanceof JsonArray array) || array.size() > most) {
      throw refused(name + " is not a list within its bounds");
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString text)) {
        throw refused(name + " holds something else");
      }
      texts.add(text.getString());
    }
    return texts;
  }

  /** A whole number from 0 to {@code most}. */
  long number(String name, long most) {
    if (json.get(name) instanceof JsonNumber number) {
      BigDecimal value = number.bigDecimalValue();
      // Compared before it is converted, so that 1e9999 is never written out.
      if (value.signum() >= 0
          && value.compareTo(BigDecimal.valueOf(Math.min(most, Limits.INTEGER_MAX))) <= 0
          && value.stripTrailingZeros().scale() <= 0) {
        return value.longValueExact();
      }
    }
    throw refused(name + " is not a whole number within its bounds");
  }

  /** Key statements; their signatures are not checked here. */
  List<KeyStatement> statements(String name) {
    if (!(json.get(name) instanceof JsonArray array)
        || array.size() > io.talos.contracts.did.Limits.STATEMENTS_MAX) {
      throw refused(name + " is not a list of statements");
    }
    List<KeyStatement> statements = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonObject statement)) {
        throw refused(name + " holds something else");
      }
      statements.add(KeyStatement.fromJson(statement));
    }
    return statements;
  }

  Members object(String name) {
    if (json.get(name) instanceof JsonObject object) {
      return new Members(object, code);
    }
    throw refused(name + " is not an object");
  }

  /** Strict base64url of at most {@code most} bytes. */
  Bytes bytes(String name, int most) {
    String text = text(name);
    if (text.length() > (most * 4L + 2) / 3) {
      throw refused(name + " is too long");
    }
    try {
      return Base64Url.decode(text);
    } catch (TalosException e) {
      throw new TalosException(code, name + " is not base64url", e);
    }
  }

  /** Strict base64url of exactly {@code size} bytes. */
  Bytes exactly(String name, int size) {
    Bytes bytes = bytes(name, size);
    if (bytes.size() != size) {
      throw refused(name + " has another size");
    }
    return bytes;
  }

  Instant time(String name) {
    try {
      return WireTime.parse(text(name));
    } catch (TalosException e) {
      throw new TalosException(code, name + " is not a wire time", e);
    }
  }

  TalosException refused(String why) {
    return new TalosException(code, why);
  }
}
