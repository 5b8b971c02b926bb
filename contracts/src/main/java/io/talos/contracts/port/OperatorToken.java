package io.talos.contracts.port;

import java.time.Instant;
import java.util.Set;

/**
 * What an already verified operator token says.
 *
 * @param subject the token's subject, 1 to 200 characters
 * @param groups the MicroProfile {@code groups} claim
 * @param tokenId the {@code jti}, or the empty text
 * @param keyId the {@code kid} of the key that signed it, or the empty text
 * @param expiresAt the token's end
 */
public record OperatorToken(
    String subject, Set<String> groups, String tokenId, String keyId, Instant expiresAt) {
  /** Copies. */
  public OperatorToken {
    groups = Set.copyOf(groups);
  }
}
