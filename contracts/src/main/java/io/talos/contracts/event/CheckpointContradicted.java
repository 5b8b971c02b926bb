package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * A log that this node witnesses signed two roots for one size: it shows two histories.
 *
 * @param origin the log
 * @param size the size
 * @param known the root that was cosigned
 * @param shown the root that was refused
 */
public record CheckpointContradicted(String origin, long size, Bytes known, Bytes shown)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "checkpoint.contradicted",
        new AuditFacts.Resource("log", origin),
        Json.createObjectBuilder()
            .add("size", size)
            .add("known_root", known.hex())
            .add("shown_root", shown.hex())
            .build());
  }
}
