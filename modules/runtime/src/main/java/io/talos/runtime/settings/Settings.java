package io.talos.runtime.settings;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads settings that {@code contracts/registry/config_keys.json} declares, and no others.
 *
 * <p>A value comes from MicroProfile Config (system property, then environment, then the declared
 * default). A value that does not fit its declaration stops the server with {@link
 * ErrorCode#CONFIGURATION_INVALID}. Modules read once, at start-up, into their own record.
 */
public final class Settings {
  private static final String FAMILY_SUFFIX = ".*";
  private static final Pattern FAMILY_MEMBER = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

  private final Map<String, JsonObject> declared;
  private final Function<String, Optional<String>> source;

  /** Settings whose raw values come from {@code source}. */
  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
    this.declared =
        Registries.read("config_keys").getJsonArray("keys").stream()
            .map(JsonValue::asJsonObject)
            .collect(Collectors.toMap(k -> k.getString("key"), k -> k));
  }

  /** A text. */
  public String text(String key) {
    return raw(key);
  }

  /** Whether a flag is set. */
  public boolean flag(String key) {
    return switch (raw(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "is neither true nor false");
    };
  }

  /** A whole number within its declared bounds. */
  public int number(String key) {
    int value;
    try {
      value = Integer.parseInt(raw(key));
    } catch (NumberFormatException e) {
      throw wrong(key, "is not a whole number");
    }
    JsonObject key0 = declaration(key);
    if (value < key0.getInt("min", Integer.MIN_VALUE)
        || value > key0.getInt("max", Integer.MAX_VALUE)) {
      throw wrong(key, "lies outside its bounds");
    }
    return value;
  }

  /** A time span; the key's last word names the unit ({@code -millis}, {@code -seconds}). */
  public Duration duration(String key) {
    int value = number(key);
    if (key.endsWith("-millis")) {
      return Duration.ofMillis(value);
    }
    if (key.endsWith("-seconds")) {
      return Duration.ofSeconds(value);
    }
    throw wrong(key, "names no unit");
  }

  /** Secret bytes, given as base64url. */
  public SecretBytes secret(String key) {
    String text = raw(key);
    if (text.isEmpty()) {
      throw wrong(key, "is not set");
    }
    return secretBytes(key, text);
  }

  /**
   * A member of a declared family of secrets, such as {@code dev1} of {@code talos.kek.*}; empty
   * when it is not set. A name that is declared as a setting of its own is not a member.
   *
   * @param name 1 to 32 of {@code a-z 0-9 _ -}, starting with a letter or digit
   */
  public Optional<SecretBytes> secret(String family, String name) {
    JsonObject declaration = declaration(family);
    if (!family.endsWith(FAMILY_SUFFIX) || !declaration.getBoolean("secret", false)) {
      throw wrong(family, "is not a family of secrets");
    }
    String key = family.substring(0, family.length() - 1) + name;
    if (!FAMILY_MEMBER.matcher(name).matches() || declared.containsKey(key)) {
      throw wrong(family, "cannot have such a member");
    }
    return source.apply(key).map(text -> secretBytes(key, text));
  }

  private static SecretBytes secretBytes(String key, String text) {
    try {
      return SecretBytes.of(Base64Url.decode(text).toArray());
    } catch (TalosException e) {
      throw wrong(key, "is not base64url");
    }
  }

  /** What is in force for {@code owner}, secrets left out; for the start-up log. */
  public Map<String, String> effective(String owner) {
    Map<String, String> values = new TreeMap<>();
    declared.values().stream()
        .filter(k -> k.getString("owner").equals(owner))
        .forEach(
            k ->
                values.put(
                    k.getString("key"),
                    k.getBoolean("secret", false) ? "[secret]" : raw(k.getString("key"))));
    return values;
  }

  private String raw(String key) {
    JsonObject declaration = declaration(key);
    if (key.endsWith(FAMILY_SUFFIX)) {
      throw wrong(key, "is a family; one of its members must be named");
    }
    return source.apply(key).orElseGet(() -> declaration.getString("default"));
  }

  private JsonObject declaration(String key) {
    JsonObject declaration = declared.get(key);
    if (declaration == null) {
      throw wrong(key, "is not declared in config_keys.json");
    }
    return declaration;
  }

  private static TalosException wrong(String key, String what) {
    return new TalosException(ErrorCode.CONFIGURATION_INVALID, "setting " + key + " " + what);
  }
}
