package bad.talos.identity;

import bad.talos.policy.SeenByIdentity;

/** A module that calls another. */
class SeesPolicy {
  SeenByIdentity ask() {
    return new SeenByIdentity();
  }
}
