package io.talos.client.groups;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;

/**
 * Where a member learns which keys speak for another. It asks when a leaf enters the group, and
 * believes nobody else.
 */
@FunctionalInterface
public interface MemberKeys {
  /**
   * The key history of an agent, verified from its DID on.
   *
   * @throws io.talos.contracts.error.TalosException when it cannot be had
   */
  KeyHistory of(Did did);
}
