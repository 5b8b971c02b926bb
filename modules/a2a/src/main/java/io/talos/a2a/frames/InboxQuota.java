package io.talos.a2a.frames;

import io.talos.contracts.Check;

/**
 * How much may wait for one recipient, acknowledged frames not counted.
 *
 * @param framesMax most frames
 * @param bytesMax most bytes of ciphertext
 */
public record InboxQuota(long framesMax, long bytesMax) {
  /** An inbox holds something. */
  public InboxQuota {
    Check.that(framesMax > 0 && bytesMax > 0, "an inbox holds something");
  }
}
