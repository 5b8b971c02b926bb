package io.talos.a2a.paging;

/** How large cursors and pages may be. */
public final class Limits {
  /** Longest cursor in characters. */
  public static final int CURSOR_CHARACTERS_MAX = 64;

  /** Most things on a page. */
  public static final int PAGE_MAX = 200;

  /** Things on a page when nobody says how many. */
  public static final int PAGE_DEFAULT = 100;

  private Limits() {}
}
