package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;

/**
 * A genuine message of the peer.
 *
 * @param session in which it came
 * @param from who wrote it
 * @param number its place among the peer's messages of the session, from 0; with the session it
 *     names the message for good
 * @param plaintext what was written
 * @param again whether it may have been handed out before: the process ended before it was
 *     acknowledged. Only then is there something to look up.
 */
public record Message(UuidV7 session, Did from, long number, Bytes plaintext, boolean again) {
  /** Without the plaintext. */
  @Override
  public String toString() {
    return "Message[" + session + " " + number + "]";
  }
}
