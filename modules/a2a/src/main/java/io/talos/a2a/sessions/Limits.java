package io.talos.a2a.sessions;

/** How large things in a session may be. */
public final class Limits {
  /** Largest parked ratchet state in bytes. */
  public static final int PARKED_STATE_BYTES_MAX = 256 << 10;

  private Limits() {}
}
