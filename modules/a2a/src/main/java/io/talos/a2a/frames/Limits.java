package io.talos.a2a.frames;

/** How much is delivered at once. */
public final class Limits {
  /** Most frames on a page. */
  public static final int PAGE_MAX = 200;

  /** Frames on a page when nobody says how many. */
  public static final int PAGE_DEFAULT = 100;

  /** Longest cursor in characters. */
  public static final int CURSOR_CHARACTERS_MAX = 64;

  private Limits() {}
}
