package io.talos.a2a.frames;

/** How much is delivered at once, and ended at once. */
public final class Limits {
  /** Most frames on a page. */
  public static final int PAGE_MAX = io.talos.a2a.paging.Limits.PAGE_MAX;

  /** Frames on a page when nobody says how many. */
  public static final int PAGE_DEFAULT = io.talos.a2a.paging.Limits.PAGE_DEFAULT;

  /** Most inboxes that one run of the sweeper looks into. */
  public static final int SWEPT_INBOXES_MAX = 100;

  /** Most frames of one inbox that one run of the sweeper ends. */
  public static final int SWEPT_FRAMES_MAX = 500;

  private Limits() {}
}
