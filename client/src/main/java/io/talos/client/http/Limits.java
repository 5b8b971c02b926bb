package io.talos.client.http;

import java.time.Duration;

/** Every bound of a call to a server. */
public final class Limits {
  /** Longest wait for a connection. */
  public static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /** Longest wait for a whole answer, its last byte included. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  /** Largest answer in bytes. */
  public static final int ANSWER_BYTES_MAX = 4 << 20;

  /** How deep an answer's JSON may be nested. */
  public static final int JSON_DEPTH_MAX = 32;

  /** Most values in an answer's JSON. */
  public static final int JSON_VALUES_MAX = 200_000;

  /** Most events in one event stream. */
  public static final int STREAM_EVENTS_MAX = 10_000;

  /** How often a request that changes nothing is sent in all. */
  public static final int TRIES_MAX = 3;

  /** Longest first wait between two tries; it doubles. */
  public static final Duration RETRY_WAIT = Duration.ofMillis(200);

  /** Longest wait between two tries. */
  public static final Duration RETRY_WAIT_MAX = Duration.ofSeconds(10);

  private Limits() {}
}
