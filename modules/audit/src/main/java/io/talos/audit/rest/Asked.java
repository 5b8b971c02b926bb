package io.talos.audit.rest;

import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a query asks for, each thing once. A name that is not known is refused, because whoever
 * misspells a filter would otherwise take all events for the ones that were asked for.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT}, as an exception.
 */
record Asked(Map<String, String> values) {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");

  /** Copies. */
  Asked {
    values = Map.copyOf(values);
  }

  /** The query of {@code uri}, which may name these filters and others. */
  static Asked of(UriInfo uri, Set<String> filters, String... others) {
    return of(uri.getQueryParameters(), filters, others);
  }

  static Asked of(Map<String, List<String>> query, Set<String> filters, String... others) {
    Set<String> known = new HashSet<>(filters);
    known.addAll(Set.of(others));
    Map<String, String> values = new TreeMap<>();
    query.forEach(
        (name, given) -> {
          if (!known.contains(name) || given.size() != 1 || given.get(0).isEmpty()) {
            throw invalid("a query has each known name once, with a value");
          }
          values.put(name, given.get(0));
        });
    return new Asked(values);
  }

  /** The filters among it. */
  EventFilter filter() {
    return EventFilter.of(values);
  }

  /** A text. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number. */
  int number(String name, int least, int most, int otherwise) {
    String text = values.getOrDefault(name, Integer.toString(otherwise));
    long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw invalid("not a number within bounds");
    }
    return (int) number;
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.TALOS_INVALID_INPUT, why);
  }
}
