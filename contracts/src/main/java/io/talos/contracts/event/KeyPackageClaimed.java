package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.json.Json;

/**
 * The caller was given an agent's MLS key package, to add it to a group.
 *
 * @param agentId whose it is
 * @param keyPackageHash hex SHA-256 of the key package
 * @param lastResort whether others may be given the same one
 * @param left how many single-use ones are left
 */
public record KeyPackageClaimed(String agentId, String keyPackageHash, boolean lastResort, int left)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "key_package.claimed",
        new Resource("agent", agentId),
        Json.createObjectBuilder()
            .add("key_package_hash", keyPackageHash)
            .add("last_resort", lastResort)
            .add("left", left)
            .build());
  }
}
