package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Aead;

/**
 * A message of suite {@code talos-1x}.
 *
 * @param header the exact header bytes; they are authenticated as they are
 * @param nonce drawn at random, 12 bytes
 * @param ciphertext ciphertext and tag
 */
public record OneXMessage(Bytes header, Bytes nonce, Bytes ciphertext) {
  /** Checks the bounds. */
  public OneXMessage {
    Check.atMost(header.size(), Limits.HEADER_BYTES_MAX, "the header's size");
    Check.that(nonce.size() == Aead.NONCE_SIZE, "a nonce has 12 bytes");
    Check.atMost(ciphertext.size(), Limits.CIPHERTEXT_BYTES_MAX, "the ciphertext's size");
  }
}
