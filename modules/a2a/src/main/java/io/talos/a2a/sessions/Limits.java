package io.talos.a2a.sessions;

/** How large things in a session may be. */
public final class Limits {
  /** Largest parked ratchet state in bytes. */
  public static final int PARKED_STATE_BYTES_MAX = 256 << 10;

  /** Most sessions on a page: each may bring its initial message. */
  public static final int PAGE_MAX = 100;

  /** Sessions on a page when nobody says how many. */
  public static final int PAGE_DEFAULT = 50;

  /** Most events of a history on a page. */
  public static final int EVENTS_PAGE_MAX = 200;

  /** Largest counter of a parked state: what every reader of JSON can count to. */
  public static final long COUNTER_MAX = (1L << 53) - 1;

  /** Most sessions that one run of the sweeper ends. */
  public static final int SWEPT_MAX = 500;

  private Limits() {}
}
