package io.talos.policy.rights;

/** Where revocations are kept. */
@FunctionalInterface
public interface Revocations {
  /** Everything up to an epoch; what is newer than the epoch may be there already. */
  RevokedLinks read();
}
