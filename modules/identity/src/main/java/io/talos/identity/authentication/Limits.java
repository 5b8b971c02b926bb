package io.talos.identity.authentication;

/** How much of a credential is looked at. */
public final class Limits {
  /** Longest {@code Authorization} header in characters. */
  public static final int AUTHORIZATION_CHARACTERS_MAX = 16_384;

  /** Longest subject of an operator's token in characters. */
  public static final int SUBJECT_CHARACTERS_MAX = 200;

  /** How much of a token's id is kept as evidence, in characters. */
  public static final int TOKEN_ID_CHARACTERS_MAX = 200;

  private Limits() {}
}
