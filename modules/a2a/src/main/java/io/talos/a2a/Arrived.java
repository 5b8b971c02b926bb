package io.talos.a2a;

import java.util.List;

/**
 * A frame or an entry was given its place; told within this module, beside the audited event.
 *
 * @param readers whose readers are to look
 */
record Arrived(List<String> readers) {
  /** Copies. */
  Arrived {
    readers = List.copyOf(readers);
  }
}
