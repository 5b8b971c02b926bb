package io.talos.container.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often the timer of each place fired; one for the whole application. */
@ApplicationScoped
public class Ticks {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** One more; {@code place} is a constant of {@link Place}. */
  public void add(String place) {
    counts.merge(place, 1, Integer::sum);
  }

  /** So many until now. */
  public int of(String place) {
    return counts.getOrDefault(place, 0);
  }
}
