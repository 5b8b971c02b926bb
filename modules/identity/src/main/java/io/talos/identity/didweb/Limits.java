package io.talos.identity.didweb;

import java.time.Duration;

/** What fetching documents of strangers may cost. */
public final class Limits {
  /** From asking to the last byte of a document. */
  public static final Duration FETCH_MAX = Duration.ofSeconds(5);

  /** Largest document: 64 KiB. */
  public static final int DOCUMENT_BYTES_MAX = 1 << 16;

  /** Most documents that one node fetches at once. */
  public static final int FETCHES_AT_ONCE = 8;

  /** Most of them from one host. */
  public static final int HOST_FETCHES_AT_ONCE = 2;

  /** About how many callers wait for a document that another one fetches. */
  public static final int WAITING_MAX = 8;

  /** Most documents that one node fetches from the hosts of one domain in {@link #WINDOW}. */
  public static final int DOMAIN_FETCHES_MAX = 60;

  /**
   * Most of them for one network address: a stranger who invents paths must not use up what an
   * organisation is asked for everybody.
   */
  public static final int CALLER_FETCHES_MAX = 10;

  /** The window of {@link #DOMAIN_FETCHES_MAX} and {@link #CALLER_FETCHES_MAX}. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  /**
   * Most documents that one node remembers; as many addresses without one; and most domains and
   * callers that it counts.
   */
  public static final int REMEMBERED_MAX = 1000;

  /** How long it is remembered that there was no usable document. */
  public static final Duration NEGATIVE_LIFE = Duration.ofSeconds(30);

  private Limits() {}
}
