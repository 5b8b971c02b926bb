package io.talos.contracts.channel;

import java.util.Arrays;
import java.util.Optional;

/**
 * A complete set of algorithms and byte layouts, with a name that both sides must agree on.
 *
 * <p>The name is part of what both sides derive their keys from, so nobody between them can change
 * it.
 */
public enum Suite {
  /**
   * The channel of Talos 1.x, for talking with 1.x agents only: one Diffie-Hellman, no
   * authentication of the initiator. See {@link OneXRatchet}.
   */
  TALOS_1X("talos-1x"),
  /** {@link X3dh} with all four Diffie-Hellmans, then {@link Ratchet}. */
  TALOS_X3DH_2("talos-x3dh-2");

  private final String wireName;

  Suite(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The suite of that name, when there is one. */
  public static Optional<Suite> of(String wireName) {
    return Arrays.stream(values()).filter(suite -> suite.wireName.equals(wireName)).findFirst();
  }
}
