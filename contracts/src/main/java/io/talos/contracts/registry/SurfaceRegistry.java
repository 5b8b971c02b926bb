package io.talos.contracts.registry;

import io.talos.contracts.Check;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.Surface.Rate;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every surface that Talos serves. What is not in it does not exist: the server refuses to start.
 */
public final class SurfaceRegistry {
  /** Longest path that is matched, in characters. */
  public static final int PATH_CHARACTERS_MAX = 2048;

  private static final Pattern PARAMETER = Pattern.compile("\\{[a-z_]+}");
  private static final Pattern REST_PARAMETER = Pattern.compile("\\{[a-z_]+\\+}");

  private final List<Entry> entries;

  private record Entry(Surface surface, Pattern pattern, int parameters) {
    boolean matches(String rawPath) {
      return rawPath.length() <= PATH_CHARACTERS_MAX && pattern.matcher(rawPath).matches();
    }
  }

  /** A registry of exactly these surfaces; ids and routes are unique. */
  public SurfaceRegistry(List<Surface> surfaces) {
    Set<String> seen = new HashSet<>();
    for (Surface surface : surfaces) {
      Check.that(seen.add(surface.id()), "surface id " + surface.id() + " stands once");
      Check.that(
          seen.add(surface.method() + " " + surface.path().replaceAll("\\{[^}]*}", "{}")),
          "route " + surface.method() + " " + surface.path() + " stands once");
    }
    // Literal paths win over templates, as in JAX-RS.
    entries =
        surfaces.stream()
            .map(s -> new Entry(s, pattern(s.path()), count(s.path())))
            .sorted(Comparator.comparingInt(Entry::parameters))
            .toList();
  }

  /** The registry that ships with Talos. */
  public static SurfaceRegistry load() {
    return new SurfaceRegistry(
        Registries.read("surfaces").getJsonArray("surfaces").stream()
            .map(JsonValue::asJsonObject)
            .map(SurfaceRegistry::surface)
            .toList());
  }

  /** All surfaces. */
  public List<Surface> all() {
    return entries.stream().map(Entry::surface).toList();
  }

  /** The surface of a route, by the raw path as received, still percent-encoded. */
  public Optional<Surface> find(String method, String rawPath) {
    return entries.stream()
        .filter(e -> e.surface().method().equals(method) && e.matches(rawPath))
        .map(Entry::surface)
        .findFirst();
  }

  /** The methods that a path takes; empty when there is nothing at this path. */
  public Set<String> methods(String rawPath) {
    Set<String> methods = new TreeSet<>();
    entries.stream()
        .filter(e -> e.matches(rawPath))
        .forEach(e -> methods.add(e.surface().method()));
    return methods;
  }

  private static Surface surface(JsonObject json) {
    Set<Credential> credentials = new HashSet<>();
    for (JsonString name : json.getJsonArray("credentials").getValuesAs(JsonString.class)) {
      credentials.add(
          Credential.valueOf(name.getString().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    JsonObject rate = json.getJsonObject("rate");
    return new Surface(
        json.getString("id"),
        json.getString("method"),
        json.getString("path"),
        credentials,
        Optional.ofNullable(json.getString("anonymous", null)),
        json.getBoolean("unregistered", false),
        json.getString("permission", ""),
        CapabilityUse.valueOf(json.getString("capability", "none").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(json.getString("body", null)),
        json.getInt("body_bytes_max", json.containsKey("body") ? 1 << 20 : 0),
        new Rate(rate.getInt("per_second"), rate.getInt("burst")),
        Optional.ofNullable(json.getJsonObject("scope")).map(SurfaceRegistry::scope));
  }

  private static ScopeTemplate scope(JsonObject json) {
    Map<String, String> places = new TreeMap<>();
    JsonObject attributes = json.getJsonObject("attributes");
    for (String name : attributes.keySet()) {
      String place = attributes.getString(name);
      Check.that(place.startsWith("{") && place.endsWith("}"), "a scope names places, not values");
      places.put(name, place.substring(1, place.length() - 1));
    }
    return new ScopeTemplate(json.getString("scope_type"), places);
  }

  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    for (String segment : path.substring(1).split("/", -1)) {
      regex.append('/');
      if (REST_PARAMETER.matcher(segment).matches()) {
        regex.append(".+");
      } else if (PARAMETER.matcher(segment).matches()) {
        regex.append("[^/]+");
      } else {
        regex.append(Pattern.quote(segment));
      }
    }
    return Pattern.compile(regex.toString());
  }

  private static int count(String path) {
    return path.split("\\{", -1).length - 1;
  }
}
