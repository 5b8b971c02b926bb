package io.talos.a2a.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;

/**
 * What an agent is added to a group with. Opaque: whoever adds the agent checks its credential.
 *
 * @param content the MLS message
 * @param lastResort whether it is handed out more than once
 */
public record KeyPackage(Bytes content, boolean lastResort) {
  /** Within its bound. */
  public KeyPackage {
    Check.that(!content.isEmpty(), "a key package is not empty");
    Check.atMost(content.size(), Limits.KEY_PACKAGE_BYTES_MAX, "the key package's size");
  }

  /** Hex SHA-256 of the content. */
  public String hash() {
    return Sha256.hex(content);
  }
}
