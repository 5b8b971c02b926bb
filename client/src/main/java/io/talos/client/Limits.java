package io.talos.client;

import java.time.Duration;

/** Every bound of the client beyond a single call. */
public final class Limits {
  /** Longest wait for the log to cover an event. */
  public static final Duration PROOF_WAIT_MAX = Duration.ofSeconds(60);

  /** Time between two questions for a proof. */
  public static final Duration PROOF_POLL = Duration.ofMillis(250);

  /** Most tools that are listed of one MCP server. */
  public static final int TOOLS_MAX = 1000;

  /** Most pages of one listing. */
  public static final int PAGES_MAX = 50;

  /** Most frames of one page. */
  public static final int FRAMES_PAGE = 100;

  private Limits() {}
}
