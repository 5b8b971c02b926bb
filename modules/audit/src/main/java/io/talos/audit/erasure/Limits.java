package io.talos.audit.erasure;

/** Bounds of erasing. */
public final class Limits {
  /** Most members that one call erases. */
  public static final int MEMBERS_MAX = 1000;

  private Limits() {}
}
