package io.talos.policy.bundles;

/** Every bound of this package. */
public final class Limits {
  /** Most drafts that are kept. */
  public static final int DRAFTS_MAX = 100;

  /** Most versions on one page of the history. */
  public static final int VERSIONS_PAGE_MAX = 100;

  /** Most keys that may sign policies. */
  public static final int SIGNERS_MAX = 32;

  private Limits() {}
}
