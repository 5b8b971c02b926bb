package io.talos.client;

import java.time.Duration;

/** Every bound of the client beyond a single call. */
public final class Limits {
  /** Longest wait for the log to cover an event. */
  public static final Duration PROOF_WAIT_MAX = Duration.ofSeconds(60);

  /** Time between two questions for a proof. */
  public static final Duration PROOF_POLL = Duration.ofMillis(250);

  /** Wait after an answer that the server was asked too often. */
  public static final Duration RATE_WAIT = Duration.ofMillis(250);

  /** Most such waits for one file of a log. */
  public static final int RATE_WAITS_MAX = 240;

  /** Most tools that are listed of one MCP server. */
  public static final int TOOLS_MAX = 1000;

  /** How far the clocks of two nodes of one server may be apart. */
  public static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  /** Most pages of one listing. */
  public static final int PAGES_MAX = 50;

  /** Most frames of one page. */
  public static final int FRAMES_PAGE = 100;

  /** Most frames of one conversation that wait for the server. */
  public static final int OUTBOX_MAX = 64;

  /** Most bytes of ciphertext that wait for the server, of one conversation. */
  public static final int OUTBOX_BYTES_MAX = 8 << 20;

  /** Most messages of one conversation that wait for the application. */
  public static final int INBOX_MAX = 1000;

  /** Most bytes of plaintext that wait for the application, of one conversation. */
  public static final int INBOX_BYTES_MAX = 8 << 20;

  /** Most refused frames that are told of one by one. */
  public static final int REJECTED_MAX = 100;

  /** Most conversations of one agent at a time. */
  public static final int CONVERSATIONS_MAX = 1000;

  /** Largest sealed state that a server keeps, in bytes. */
  public static final int PARKED_BYTES_MAX = 256 << 10;

  /** Longest time that one question for new frames waits at the server. */
  public static final Duration POLL_MAX = Duration.ofSeconds(20);

  /** How many one-time prekeys are published at once. */
  public static final int PREKEYS_BATCH = 50;

  /** Most one-time prekeys whose private halves are kept; the oldest go first. */
  public static final int PREKEYS_KEPT_MAX = 500;

  /** Most entries of a group on one page. */
  public static final int GROUP_PAGE = 100;

  /** Most entries of a group on one page when a page of {@link #GROUP_PAGE} is too large. */
  public static final int GROUP_PAGE_OF_LARGE = 2;

  /** Most pages of a group that are followed at once. */
  public static final int GROUP_PAGES_MAX = 1000;

  /** Most messages of a group that wait to be handed over. */
  public static final int GROUP_NEWS_MAX = 10_000;

  /** How often a commit or message is made anew because another member was first. */
  public static final int GROUP_TRIES_MAX = 16;

  /** Most key histories that are remembered. */
  public static final int KNOWN_HISTORIES_MAX = 1024;

  private Limits() {}
}
