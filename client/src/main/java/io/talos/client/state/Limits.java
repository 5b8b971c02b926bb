package io.talos.client.state;

/** How much a state folder holds. */
public final class Limits {
  /** Largest content of one sealed file in bytes. */
  public static final int CONTENT_BYTES_MAX = 32 << 20;

  /** Most sealed files in a folder. */
  public static final int FILES_MAX = 4096;

  /** Longest name of a file in characters. */
  public static final int NAME_CHARACTERS_MAX = 64;

  /** Largest head of a folder in bytes. */
  static final int HEAD_BYTES_MAX = 4096;

  private Limits() {}
}
