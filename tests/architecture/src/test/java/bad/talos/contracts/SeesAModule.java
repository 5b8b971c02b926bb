package bad.talos.contracts;

import bad.talos.policy.SeenByIdentity;

/** Contracts that know a module. */
final class SeesAModule {
  SeenByIdentity seen(SeenByIdentity policy) {
    return policy;
  }
}
