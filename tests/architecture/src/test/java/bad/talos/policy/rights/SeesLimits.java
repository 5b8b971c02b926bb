package bad.talos.policy.rights;

import bad.talos.policy.limits.Bucket;

/** A feature that knows another. */
final class SeesLimits {
  Bucket bucket() {
    return new Bucket();
  }
}
