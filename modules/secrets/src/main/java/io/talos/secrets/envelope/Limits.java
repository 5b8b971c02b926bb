package io.talos.secrets.envelope;

/** Every bound of a secret. */
public final class Limits {
  /** Longest secret in bytes. */
  public static final int SECRET_BYTES_MAX = 65_536;

  /** Longest name in characters. */
  public static final int NAME_CHARACTERS_MAX = 128;

  /** Most secrets in one page of the list. */
  public static final int PAGE_MAX = 200;

  /** Most key-encryption keys that may be in use at once. */
  public static final int KEKS_MAX = 64;

  private Limits() {}
}
