package io.talos.policy.rights;

/** Every bound of this package. */
public final class Limits {
  /** How many revocations one query reads: 2 MB. */
  public static final int REVOCATIONS_PAGE = 1 << 16;

  /** How many confirmed revocations a node remembers exactly; a power of two. */
  public static final int CONFIRMED_IDS = 1 << 12;

  private Limits() {}
}
