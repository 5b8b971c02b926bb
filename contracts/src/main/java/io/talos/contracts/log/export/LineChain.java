package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;

/**
 * One hash over all lines so far: SHA-256 of the hash before and the line, without its line feed;
 * 32 zero bytes before the first. So it can be carried from one part of an export to the next.
 *
 * @param hash over the lines so far
 */
public record LineChain(Bytes hash) {
  /** Before the first line. */
  public static LineChain empty() {
    return new LineChain(Bytes.of(new byte[Sha256.SIZE]));
  }

  /** With one more line. */
  public LineChain with(String line) {
    return new LineChain(Sha256.of(hash, Bytes.utf8(line)));
  }
}
