package io.talos.contracts.policy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which entries of a document differ from another's, list by list, by their ids.
 *
 * @param added only in the newer one
 * @param removed only in the older one
 * @param changed in both, and not the same
 */
public record PolicyParts(List<String> added, List<String> removed, List<String> changed) {
  private static final Map<String, String> IDS =
      Map.of(
          "roles", "role_id",
          "bindings", "binding_id",
          "limits", "surface",
          "budgets", "budget_id",
          "tools", "rule_id");

  /** Copies. */
  public PolicyParts {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  /** Every list of a document, in text order, with what differs in it. */
  public static Map<String, PolicyParts> between(PolicyDocument older, PolicyDocument newer) {
    Map<String, PolicyParts> parts = new LinkedHashMap<>();
    new TreeMap<>(IDS)
        .forEach(
            (list, id) -> parts.put(list, of(entries(older, list, id), entries(newer, list, id))));
    return parts;
  }

  /** The name of the id in the entries of {@code list}. */
  public static String idOf(String list) {
    String id = IDS.get(list);
    if (id == null) {
      throw new IllegalArgumentException("a document has no list " + list);
    }
    return id;
  }

  private static SortedMap<String, JsonObject> entries(
      PolicyDocument document, String list, String id) {
    SortedMap<String, JsonObject> entries = new TreeMap<>();
    JsonArray array = document.json().getJsonArray(list);
    if (array != null) {
      array.stream()
          .map(JsonValue::asJsonObject)
          .forEach(entry -> entries.put(entry.getString(id), entry));
    }
    return entries;
  }

  private static PolicyParts of(Map<String, JsonObject> older, Map<String, JsonObject> newer) {
    return new PolicyParts(
        newer.keySet().stream().filter(id -> !older.containsKey(id)).toList(),
        older.keySet().stream().filter(id -> !newer.containsKey(id)).toList(),
        newer.entrySet().stream()
            .filter(
                e -> older.containsKey(e.getKey()) && !e.getValue().equals(older.get(e.getKey())))
            .map(Map.Entry::getKey)
            .toList());
  }
}
