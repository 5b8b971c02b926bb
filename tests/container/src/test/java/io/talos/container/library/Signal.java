package io.talos.container.library;

import java.util.Set;
import java.util.TreeSet;

/**
 * An event that remembers who heard it.
 *
 * @param heardBy the names of the places, in the order of names
 */
public record Signal(Set<String> heardBy) {
  /** Nobody has heard it yet. */
  public static Signal fresh() {
    return new Signal(new TreeSet<>());
  }
}
