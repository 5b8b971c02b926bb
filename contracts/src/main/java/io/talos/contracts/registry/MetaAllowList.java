package io.talos.contracts.registry;

import io.talos.contracts.Check;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the metadata of an audit event may hold, by its kind. What is not listed, or has not the
 * form of its type, never enters an event, and never goes without a trace: the event then has the
 * members {@link #APPLIED}, {@link #COUNT} and, of what may be named, {@link #KEYS}.
 *
 * <p>A value is left out whole or kept whole. The names of what was left out are of the caller's
 * making at worst, so at most {@value #NAMES_MAX} are told, and only names that the registry knows
 * or that are plain words: nobody gets a token, a number or a line break in by way of a name.
 *
 * <p>Immutable, for all threads. Source: contracts/registry/audit_events.json; the markers of Talos
 * 1.x audit events, {@code meta_redaction_applied} and {@code meta_redacted_keys}.
 */
public final class MetaAllowList {
  /** Marks an event of which something was left out; always true. */
  public static final String APPLIED = "meta_redaction_applied";

  /** How many members were left out. */
  public static final String COUNT = "meta_redacted_count";

  /** Names of members that were left out, in text order, with a comma and a space between them. */
  public static final String KEYS = "meta_redacted_keys";

  /** Most names that are told. */
  public static final int NAMES_MAX = 8;

  /** Most members that an event keeps, so that the markers always have room. */
  public static final int MEMBERS_MAX = AuditEvent.META_MAX - 3;

  private static final Set<String> MARKERS = Set.of(APPLIED, COUNT, KEYS);
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final String NUMBERED = "_*";
  private static final int NUMBERS_MAX = 16;

  /** A name that nobody chose at run time has no digit, and is short. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z_]{0,39}");

  private final Map<String, Map<String, Member>> kinds;
  private final Set<String> names;

  /** What one member may hold, and on which surfaces; on all when none is named. */
  private record Member(MetaType type, Set<String> surfaces) {
    boolean takes(String surface, JsonValue value) {
      return (surfaces.isEmpty() || surfaces.contains(surface)) && type.form().test(value);
    }
  }

  private MetaAllowList(Map<String, Map<String, Member>> kinds) {
    this.kinds = Map.copyOf(kinds);
    Set<String> all = new HashSet<>();
    kinds.values().forEach(members -> all.addAll(members.keySet()));
    names = Set.copyOf(all);
  }

  /** The list that ships with Talos. */
  public static MetaAllowList load() {
    return of(Registries.read("audit_events"));
  }

  /** Reads a registry of this form; one that does not hold together is refused. */
  static MetaAllowList of(JsonObject registry) {
    Map<String, MetaType> types = new HashMap<>();
    for (JsonObject type : registry.getJsonArray("types").getValuesAs(JsonObject.class)) {
      MetaType read = type(type);
      Check.that(types.put(read.name(), read) == null, "type " + read.name() + " stands once");
    }
    Map<String, Map<String, Member>> kinds = new TreeMap<>();
    for (JsonObject kind : registry.getJsonArray("kinds").getValuesAs(JsonObject.class)) {
      String name = kind.getString("kind");
      Check.that(KIND.matcher(name).matches(), "kind " + name + " is a dotted lower-case name");
      Check.that(kinds.put(name, members(kind, types)) == null, "kind " + name + " stands once");
    }
    return new MetaAllowList(kinds);
  }

  private static MetaType type(JsonObject json) {
    String name = json.getString("type");
    return switch (json.getString("json")) {
      case "boolean" -> MetaType.flags(name);
      case "integer" -> MetaType.numbers(name);
      case "string" ->
          MetaType.texts(name, json.getString("pattern"), json.getInt("characters_max"));
      default -> throw new IllegalArgumentException("type " + name + " is no JSON scalar");
    };
  }

  private static Map<String, Member> members(JsonObject kind, Map<String, MetaType> types) {
    Map<String, Member> members = new HashMap<>();
    for (JsonObject member : kind.getJsonArray("meta").getValuesAs(JsonObject.class)) {
      String key = member.getString("key");
      MetaType type = types.get(member.getString("type"));
      if (type == null) {
        throw new IllegalArgumentException("the type of " + key + " is in the registry");
      }
      Member read = new Member(type, surfaces(member));
      for (String name : expanded(key, member.getInt("numbers", 0))) {
        Check.that(KEY.matcher(name).matches(), "key " + name + " is a lower-case word");
        Check.that(!MARKERS.contains(name), name + " is a marker and no key");
        Check.that(members.put(name, read) == null, "key " + name + " stands once");
      }
    }
    return Map.copyOf(members);
  }

  private static Set<String> surfaces(JsonObject member) {
    return member.containsKey("surfaces")
        ? Set.copyOf(member.getJsonArray("surfaces").getValuesAs(JsonString::getString))
        : Set.of();
  }

  /** {@code scope_*} with three numbers is scope_0, scope_1 and scope_2. */
  private static Set<String> expanded(String key, int numbers) {
    if (!key.endsWith(NUMBERED)) {
      Check.that(numbers == 0, "only a key with a star has numbers");
      return Set.of(key);
    }
    Check.that(numbers > 0, "a key with a star says how many numbers it has");
    Check.atMost(numbers, NUMBERS_MAX, "the numbers of a key");
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < numbers; i++) {
      names.add(key.substring(0, key.length() - 1) + i);
    }
    return names;
  }

  /** Every kind that is listed. */
  public Set<String> kinds() {
    return kinds.keySet();
  }

  /**
   * The metadata that an event of this kind may have: {@code meta} itself when all of it may, and
   * otherwise what may, with the markers.
   *
   * @param surface the surface of the request in which it happened; empty when there is none
   */
  public JsonObject admit(String kind, String surface, JsonObject meta) {
    Map<String, Member> listed = kinds.getOrDefault(kind, Map.of());
    boolean whole = meta.size() <= MEMBERS_MAX;
    for (Map.Entry<String, JsonValue> member : meta.entrySet()) {
      if (!whole) {
        break;
      }
      whole = takes(listed, surface, member);
    }
    return whole ? meta : redacted(listed, surface, meta);
  }

  private static boolean takes(
      Map<String, Member> listed, String surface, Map.Entry<String, JsonValue> member) {
    Member allowed = listed.get(member.getKey());
    return allowed != null && allowed.takes(surface, member.getValue());
  }

  private JsonObject redacted(Map<String, Member> listed, String surface, JsonObject meta) {
    JsonObjectBuilder kept = Json.createObjectBuilder();
    SortedSet<String> told = new TreeSet<>();
    int count = 0;
    int left = 0;
    for (Map.Entry<String, JsonValue> member : meta.entrySet()) {
      if (count < MEMBERS_MAX && takes(listed, surface, member)) {
        kept.add(member.getKey(), member.getValue());
        count++;
      } else {
        left++;
        tell(told, member.getKey());
      }
    }
    kept.add(APPLIED, true).add(COUNT, left);
    if (!told.isEmpty()) {
      kept.add(KEYS, String.join(", ", told));
    }
    return kept.build();
  }

  /** Keeps the first names in text order, whatever the order in which they come. */
  private void tell(SortedSet<String> told, String name) {
    if (names.contains(name) || PLAIN_NAME.matcher(name).matches()) {
      told.add(name);
      if (told.size() > NAMES_MAX) {
        told.remove(told.last());
      }
    }
  }
}
