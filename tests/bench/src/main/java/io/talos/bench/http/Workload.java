package io.talos.bench.http;

/**
 * What is asked, by how many principals. Each connection asks as principals of its own, in turn, so
 * that the limits of one principal are never what is measured.
 */
public interface Workload {
  /** What the result page calls it. */
  String name();

  /** How many principals there are. */
  int principals();

  /** The next request of one principal, ready to be sent within a minute. */
  WireRequest next(int principal);
}
