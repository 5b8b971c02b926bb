package io.talos.container.library;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An event that every place answers.
 *
 * @param answers by the place's name
 */
public record RollCall(Map<String, Answer> answers) {
  /**
   * What one place says.
   *
   * @param heardBy the places that heard the signal that it fired
   * @param injectable the places that can be injected there
   * @param hasVault whether the one implementation of the vault's port can be injected there
   */
  public record Answer(Set<String> heardBy, Set<String> injectable, boolean hasVault) {
    /** Copies. */
    public Answer {
      heardBy = Set.copyOf(heardBy);
      injectable = Set.copyOf(injectable);
    }
  }

  /** Nobody has answered yet. */
  public static RollCall fresh() {
    return new RollCall(new TreeMap<>());
  }
}
