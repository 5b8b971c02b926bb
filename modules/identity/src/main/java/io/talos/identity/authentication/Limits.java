package io.talos.identity.authentication;

import java.time.Duration;

/** How much of a credential is looked at. */
public final class Limits {
  /** Longest {@code Authorization} header in characters. */
  public static final int AUTHORIZATION_CHARACTERS_MAX = 16_384;

  /** Longest subject of an operator's token in characters. */
  public static final int SUBJECT_CHARACTERS_MAX = 200;

  /** How much of a token's id is kept as evidence, in characters. */
  public static final int TOKEN_ID_CHARACTERS_MAX = 200;

  /** How long the provider's list of operators' keys is taken for the present one. */
  public static final Duration OPERATOR_KEYS_FRESH = Duration.ofSeconds(5);

  /** How long that list is believed when the provider does not answer. */
  public static final Duration OPERATOR_KEYS_STALE = Duration.ofMinutes(5);

  /** Shortest time between two questions for the same key that the list does not have. */
  public static final Duration OPERATOR_KEYS_PAUSE = Duration.ofSeconds(1);

  /** How long nobody asks again after the provider did not answer. */
  public static final Duration OPERATOR_KEYS_OUTAGE_PAUSE = Duration.ofSeconds(2);

  /** How many such keys are remembered. */
  public static final int OPERATOR_KEYS_MISSED_MAX = 64;

  /** Largest key set in bytes. */
  public static final int KEY_SET_BYTES_MAX = 65_536;

  /** How long the identity provider may take, from asking to the last byte of its answer. */
  public static final Duration KEY_SET_WAIT = Duration.ofSeconds(2);

  /** Longest header of a 1.x attestation in characters. */
  public static final int ATTESTATION_CHARACTERS_MAX = 255;

  private Limits() {}
}
