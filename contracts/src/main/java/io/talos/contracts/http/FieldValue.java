package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Map;

/**
 * A value of a structured field, of the kinds that signed requests use.
 *
 * <p>Source: RFC 9651 §3.1.1 (inner lists), §3.1.2 (parameters), §3.3 (items).
 */
public sealed interface FieldValue {

  /** An item without its parameters. */
  sealed interface Bare {}

  /** An integer of at most 15 digits. */
  record Whole(long value) implements Bare {}

  /** A quoted string of printable ASCII. */
  record Text(String value) implements Bare {}

  /** An unquoted word. */
  record Token(String value) implements Bare {}

  /** Bytes between colons. */
  record Binary(Bytes value) implements Bare {}

  /** {@code ?1} or {@code ?0}. */
  record Flag(boolean value) implements Bare {}

  /**
   * One value with its parameters.
   *
   * @param parameters in the order received, no name twice
   */
  record Item(Bare value, Map<String, Bare> parameters) implements FieldValue {
    /** Copies and keeps the order. */
    public Item {
      parameters = FieldText.ordered(parameters);
    }
  }

  /**
   * Items in parentheses, with the list's own parameters.
   *
   * @param parameters in the order received, no name twice
   */
  record InnerList(List<Item> items, Map<String, Bare> parameters) implements FieldValue {
    /** Copies and keeps the order. */
    public InnerList {
      items = List.copyOf(items);
      parameters = FieldText.ordered(parameters);
    }
  }
}
