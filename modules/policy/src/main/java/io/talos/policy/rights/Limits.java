package io.talos.policy.rights;

import java.time.Duration;

/** Every bound of this package. */
public final class Limits {
  /** How many revocations one query reads: 2 MB. */
  public static final int REVOCATIONS_PAGE = 1 << 16;

  /** How many confirmed revocations a node remembers exactly; a power of two. */
  public static final int CONFIRMED_IDS = 1 << 12;

  /** How many rows the verified capabilities have; a power of two. */
  public static final int TOKEN_ROWS = 1 << 9;

  /** How many verified capabilities a row holds; a power of two. */
  public static final int TOKENS_OF_ROW = 1 << 5;

  /** How many characters the headers of a row have together. */
  public static final int ROW_CHARACTERS_MAX = 1 << 15;

  /** The longest header that is remembered; longer ones are verified each time. */
  public static final int TOKEN_CHARACTERS_MAX = 1 << 13;

  /** How long a root grant is listed after it has ended. */
  public static final Duration ENDED_GRANT_KEPT = Duration.ofDays(30);

  private Limits() {}
}
