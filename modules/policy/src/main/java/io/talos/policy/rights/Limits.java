package io.talos.policy.rights;

/** Every bound of this package. */
public final class Limits {
  /** Most revoked links that a node keeps in memory: about 100 MB. */
  public static final int REVOKED_LINKS_MAX = 1_000_000;

  private Limits() {}
}
