package io.talos.launcher;

import java.time.Duration;

/** Every bound of the launcher. */
final class Limits {
  /** A server that has not answered by then is reported as broken, with its log. */
  static final Duration LIBERTY_READY = Duration.ofMinutes(3);

  static final Duration POSTGRES_READY = Duration.ofMinutes(1);
  static final Duration REDIS_READY = Duration.ofSeconds(30);

  /** After SIGTERM; then the process is killed. */
  static final Duration STOP_GRACE = Duration.ofSeconds(30);

  /**
   * Of what a killed launcher left: nobody waits for its answers any more, and the databases are
   * durable.
   */
  static final Duration ORPHAN_GRACE = Duration.ofSeconds(3);

  /** Of the whole stack: each server its grace, one after the other. */
  static final Duration STACK_STOP = Duration.ofMinutes(3);

  /** A server that cannot become ready gets this long to say why. */
  static final Duration LAST_WORDS = Duration.ofSeconds(2);

  static final Duration KILLED = Duration.ofSeconds(10);
  static final Duration SHORT_COMMAND = Duration.ofMinutes(1);
  static final Duration POLL = Duration.ofMillis(100);

  /** The clock of the operating system's process table is coarse and follows clock corrections. */
  static final Duration START_TIME_SKEW = Duration.ofSeconds(2);

  static final int LOG_LINES_SHOWN = 20;
  static final int LOG_BYTES_READ = 256 * 1024;

  /** Of one log file, checked at each start; one older file is kept beside it. */
  static final long LOG_BYTES_KEPT = 20L * 1024 * 1024;

  static final int NOTES = 1000;
  static final int NOTE_CHARS = 8 * 1024;
  static final int QUERY_CHARS = 200;

  /** Names of request headers that the notes server remembers. */
  static final int HEADER_NAMES = 100;

  static final int MCP_REQUEST_BYTES = 256 * 1024;

  static final int SIGNING_KEYS = 8;
  static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  static final int ENTRIES_PER_ARCHIVE = 50_000;
  static final long BYTES_PER_ARCHIVE = 2L * 1024 * 1024 * 1024;

  private Limits() {}
}
