package io.talos.audit.event;

/** Spreads transactions over a node's sources, so that they need not wait for each other. */
@FunctionalInterface
public interface Stripes {
  /** The stripe of the current transaction; the same for all of its events. */
  int current();
}
