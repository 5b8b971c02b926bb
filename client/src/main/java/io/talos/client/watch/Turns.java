package io.talos.client.watch;

import io.talos.contracts.Check;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which number of each source is to come next. A source counts from 0, and a log that followed a
 * stopped one goes on where the entries end that are left of that one.
 *
 * @param next for each source the number that its next event must have
 * @param early numbers that came before their turn, as only the first entry of a log that followed
 *     may: it goes before what waits. They are passed over when their turn comes
 */
public record Turns(SortedMap<String, Long> next, SortedMap<String, NavigableSet<Long>> early) {
  /** Copies. */
  public Turns {
    next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    SortedMap<String, NavigableSet<Long>> copy = new TreeMap<>();
    early.forEach((source, numbers) -> copy.put(source, new TreeSet<>(numbers)));
    early = Collections.unmodifiableSortedMap(copy);
    Check.atMost(next.size(), Limits.SOURCES_MAX, "the sources of a log");
    Check.atMost(
        early.values().stream().mapToInt(NavigableSet::size).sum(),
        Limits.EARLY_MAX,
        "the numbers that came early");
  }

  /** Before the first entry of a first log. */
  public static Turns none() {
    return new Turns(new TreeMap<>(), new TreeMap<>());
  }

  /** How many events were counted. */
  long counted() {
    return next.values().stream().mapToLong(Long::longValue).sum()
        + early.values().stream().mapToLong(NavigableSet::size).sum();
  }

  /** Whether everything that was counted here is counted by {@code later} too. */
  boolean lead(Turns later) {
    return next.entrySet().stream()
        .allMatch(one -> one.getValue() <= later.next.getOrDefault(one.getKey(), 0L));
  }

  /** Counts on from here. */
  Counting counting() {
    return new Counting(this);
  }

  JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    next.forEach(json::add);
    return json.build();
  }

  JsonObject earlyJson() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    early.forEach(
        (source, numbers) -> {
          JsonArrayBuilder array = Json.createArrayBuilder();
          numbers.forEach(array::add);
          json.add(source, array);
        });
    return json.build();
  }

  /** Reads what {@link #json} and {@link #earlyJson} wrote. */
  static Turns of(JsonObject next, JsonObject early) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    next.keySet().forEach(s -> numbers.put(s, next.getJsonNumber(s).longValueExact()));
    SortedMap<String, NavigableSet<Long>> before = new TreeMap<>();
    for (String source : early.keySet()) {
      NavigableSet<Long> set = new TreeSet<>();
      early.getJsonArray(source).getValuesAs(JsonNumber::longValueExact).forEach(set::add);
      before.put(source, set);
    }
    return new Turns(numbers, before);
  }

  /** Counts entries, one after the other. Not thread safe. */
  static final class Counting {
    private final SortedMap<String, Long> next;
    private final SortedMap<String, NavigableSet<Long>> early = new TreeMap<>();

    private Counting(Turns from) {
      next = new TreeMap<>(from.next);
      from.early.forEach((source, numbers) -> early.put(source, new TreeSet<>(numbers)));
    }

    /**
     * Counts one.
     *
     * @param mayBeEarly whether it is the first entry of a log that followed another
     * @return what it should have been, when it is not that
     */
    Optional<Long> count(String source, long number, boolean mayBeEarly) {
      long expected = next.getOrDefault(source, 0L);
      if (mayBeEarly && number > expected) {
        early.computeIfAbsent(source, s -> new TreeSet<>()).add(number);
        return Optional.empty();
      }
      long following = number + 1;
      NavigableSet<Long> logged = early.getOrDefault(source, new TreeSet<>());
      while (logged.remove(following)) {
        following++;
      }
      if (logged.isEmpty()) {
        early.remove(source);
      }
      next.put(source, following);
      return number == expected ? Optional.empty() : Optional.of(expected);
    }

    /** How many sources have counted. */
    int sources() {
      return next.size();
    }

    Turns turns() {
      return new Turns(next, early);
    }
  }
}
