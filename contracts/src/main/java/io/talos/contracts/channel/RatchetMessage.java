package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;

/**
 * A message as it travels.
 *
 * @param header the exact header bytes
 * @param ciphertext ciphertext and tag, at most {@value Limits#CIPHERTEXT_BYTES_MAX} bytes
 */
public record RatchetMessage(Bytes header, Bytes ciphertext) {
  /** Checks the bounds. */
  public RatchetMessage {
    Check.atMost(header.size(), Limits.HEADER_BYTES_MAX, "the header's size");
    Check.atMost(ciphertext.size(), Limits.CIPHERTEXT_BYTES_MAX, "the ciphertext's size");
  }
}
