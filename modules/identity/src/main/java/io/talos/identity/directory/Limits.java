package io.talos.identity.directory;

/** How large the directory's texts and pages are. */
public final class Limits {
  /** Longest name in characters. */
  public static final int NAME_CHARACTERS_MAX = 100;

  /** Longest domain in characters. */
  public static final int DOMAIN_CHARACTERS_MAX = 100;

  /** Longest principal id in characters. */
  public static final int PRINCIPAL_ID_CHARACTERS_MAX = 200;

  /** Most entries of a page. */
  public static final int PAGE_MAX = 200;

  /** Most labels of a host name that are looked up as somebody's domain. */
  public static final int DOMAIN_LABELS_MAX = 32;

  private Limits() {}
}
