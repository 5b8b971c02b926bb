package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.json.Json;

/**
 * An agent left MLS key packages here.
 *
 * @param agentId whose they are
 * @param added how many single-use ones are new
 * @param lastResort whether the last resort was replaced
 * @param available how many single-use ones there are now
 */
public record KeyPackagesPublished(String agentId, int added, boolean lastResort, int available)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "key_packages.published",
        new Resource("agent", agentId),
        Json.createObjectBuilder()
            .add("added", added)
            .add("last_resort", lastResort)
            .add("available", available)
            .build());
  }
}
