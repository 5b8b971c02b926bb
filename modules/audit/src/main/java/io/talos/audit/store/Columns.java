package io.talos.audit.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values of native queries, in the few types that every JDBC driver binds and reads alike. */
final class Columns {
  private Columns() {}

  /** Rows of a native query that selects more than one column. */
  static List<Object[]> rows(List<?> result) {
    return result.stream().map(row -> (Object[]) row).toList();
  }

  /** The first row of a native query that selects one column. */
  static Optional<Object> first(Query query) {
    List<?> result = query.getResultList();
    return result.isEmpty() ? Optional.empty() : Optional.of(result.get(0));
  }

  static long whole(Object column) {
    return ((Number) column).longValue();
  }

  static Bytes bytes(Object column) {
    return Bytes.of((byte[]) column);
  }

  /** Hashes that the database joined to one value. */
  static List<Bytes> hashes(Bytes joined) {
    return IntStream.range(0, joined.size() / Sha256.SIZE)
        .mapToObj(at -> joined.slice(at * Sha256.SIZE, (at + 1) * Sha256.SIZE))
        .toList();
  }

  /**
   * The text of an SQL array of numbers, hex digits or identifiers; a column of a thousand rows is
   * one parameter.
   */
  static <T> String array(List<T> values, Function<T, Object> element) {
    return values.stream()
        .map(value -> element.apply(value).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
