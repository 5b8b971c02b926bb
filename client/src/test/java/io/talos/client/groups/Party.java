package io.talos.client.groups;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What each member of one group knows, by name. */
final class Party {
  private final Map<String, Group> groups = new LinkedHashMap<>();

  Group get(String name) {
    return Objects.requireNonNull(groups.get(name), name);
  }

  void put(String name, Group group) {
    groups.put(name, group);
  }

  Group remove(String name) {
    return Objects.requireNonNull(groups.remove(name), name);
  }

  Collection<Group> values() {
    return List.copyOf(groups.values());
  }

  List<String> names() {
    return List.copyOf(groups.keySet());
  }
}
