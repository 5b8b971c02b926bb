package io.talos.contracts.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;

/**
 * Makes JSON values; the one place that looks for the JSON-P provider, and it looks once.
 *
 * <p>{@code jakarta.json.Json} looks for it at every call, which costs some 20 µs and 35 KB: more
 * than everything else that a decision about a capability does outside its signature. Reading is
 * {@link StrictJson}'s. Thread safe.
 */
public final class Json {
  static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  /** An empty object to fill. */
  public static JsonObjectBuilder createObjectBuilder() {
    return PROVIDER.createObjectBuilder();
  }

  /** An object to change that begins with the members of {@code object}. */
  public static JsonObjectBuilder createObjectBuilder(JsonObject object) {
    return PROVIDER.createObjectBuilder(object);
  }

  /** An empty array to fill. */
  public static JsonArrayBuilder createArrayBuilder() {
    return PROVIDER.createArrayBuilder();
  }

  /** {@code text} as a JSON value. */
  public static JsonString createValue(String text) {
    return PROVIDER.createValue(text);
  }

  /** {@code number} as a JSON value. */
  public static JsonNumber createValue(long number) {
    return PROVIDER.createValue(number);
  }

  /** {@code number} as a JSON value. */
  public static JsonNumber createValue(BigDecimal number) {
    return PROVIDER.createValue(number);
  }
}
