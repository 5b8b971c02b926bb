package io.talos.bench.http;

import java.time.Duration;

/** Bounds of the load. */
final class Limits {
  /** How long an answer may take. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  /** How long one phase may run; a signature that was made before it is good for 60 s. */
  static final Duration PHASE = Duration.ofSeconds(45);

  /** Longest header line of an answer in bytes. */
  static final int LINE_BYTES_MAX = 16 << 10;

  /** Most header lines of an answer. */
  static final int HEADERS_MAX = 100;

  /** Largest body of an answer, and largest chunk of one, in bytes. */
  static final int BODY_BYTES_MAX = 4 << 20;

  /** Most connections. */
  static final int CONNECTIONS_MAX = 256;

  /** Most requests of one phase. */
  static final int REQUESTS_MAX = 200_000;

  private Limits() {}
}
