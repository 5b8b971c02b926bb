package io.talos.contracts.channel;

import java.util.Arrays;
import java.util.Optional;

/**
 * A complete set of algorithms and byte layouts, with a name that both sides must agree on.
 *
 * <p>The name is part of what both sides derive their keys from, so nobody between them can change
 * it. Which one two agents use: {@link SpokenSuites}.
 */
public enum Suite {
  /**
   * The channel of Talos 1.x, for talking with 1.x agents only: one Diffie-Hellman, no
   * authentication of the initiator. Never negotiated. See {@link OneXRatchet}.
   */
  TALOS_1X("talos-1x"),
  /** {@link X3dh} with all four Diffie-Hellmans, then {@link Ratchet}. */
  TALOS_X3DH_2("talos-x3dh-2"),
  /** The same and ML-KEM-768 in the key agreement: the default. */
  TALOS_PQXDH_2("talos-pqxdh-2");

  private final String wireName;

  Suite(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** Whether its channels are opened by an {@link InitialMessage} and kept by {@link Ratchet}. */
  public boolean isOfTwo() {
    return this != TALOS_1X;
  }

  /** Whether the key agreement holds against a quantum computer that recorded it. */
  public boolean hasKem() {
    return this == TALOS_PQXDH_2;
  }

  /** The suite of that name, when there is one. */
  public static Optional<Suite> of(String wireName) {
    return Arrays.stream(values()).filter(suite -> suite.wireName.equals(wireName)).findFirst();
  }
}
