package bad.talos.gateway;

import bad.talos.policy.SeenByIdentity;

/** A gateway that goes round a port. */
class SeesAnOperation {
  SeenByIdentity ask() {
    return new SeenByIdentity();
  }
}
