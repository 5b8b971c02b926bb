package io.talos.contracts.http;

import java.time.Duration;

/** How much of a signed request is looked at, and for how long it lives. */
public final class Limits {
  /** Longest structured field in characters, its lines together. */
  public static final int FIELD_CHARACTERS_MAX = 8192;

  /** Longest value of a covered header in characters, its lines together. */
  public static final int COVERED_CHARACTERS_MAX = 65_536;

  /** Most lines of one header. */
  public static final int LINES_MAX = 16;

  /** Longest target URI in characters. */
  public static final int TARGET_URI_CHARACTERS_MAX = 8192;

  /** Most members of a dictionary or of an inner list. */
  public static final int MEMBERS_MAX = 32;

  /** Most parameters of one item or inner list. */
  public static final int PARAMETERS_MAX = 16;

  /** Longest string, token or name in a structured field. */
  public static final int TEXT_CHARACTERS_MAX = 512;

  /** Digits of the largest integer in a structured field (RFC 9651 §3.3.1). */
  public static final int INTEGER_DIGITS_MAX = 15;

  /** Longest key id in characters. */
  public static final int KEY_ID_CHARACTERS_MAX = 255;

  /** Shortest nonce in bytes. */
  public static final int NONCE_BYTES_MIN = 16;

  /** Longest nonce in bytes. */
  public static final int NONCE_BYTES_MAX = 64;

  /** Longest time from created to expires. */
  public static final Duration LIFETIME_MAX = Duration.ofSeconds(60);

  /** Largest allowed setting for how far in the future a request may say it was created. */
  public static final Duration SKEW_MAX = Duration.ofSeconds(30);

  private Limits() {}
}
