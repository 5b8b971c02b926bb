package bad.talos.runtime;

import bad.talos.policy.SeenByIdentity;

/** Runtime that knows a module. */
final class SeesAModule {
  SeenByIdentity seen(SeenByIdentity policy) {
    return policy;
  }
}
