package io.talos.runtime.http;

import java.time.Duration;

/** What asking another server may cost, whoever asks. */
public final class Limits {
  /** How long one name may take to resolve. */
  public static final Duration NAME_MAX = Duration.ofSeconds(2);

  /** How long one address may take to answer a connection. */
  public static final Duration CONNECT_MAX = Duration.ofSeconds(2);

  /** How long a connection is kept; after that the name is resolved and checked again. */
  public static final Duration CONNECTION_LIFE = Duration.ofSeconds(30);

  /** How long a kept connection may lie idle before it is tried first. */
  public static final Duration IDLE_MAX = Duration.ofSeconds(1);

  /** Most addresses of one name that are looked at; a name with more is refused. */
  public static final int ADDRESSES_MAX = 16;

  /** Most names that are being resolved at once by one guard. */
  public static final int NAMES_AT_ONCE = 16;

  /** Most header fields of an answer. */
  public static final int FIELDS_MAX = 100;

  /** Longest line of an answer's head in characters. */
  public static final int LINE_CHARACTERS_MAX = 16_384;

  private Limits() {}
}
