package io.talos.bench.inside;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.event.Audited;
import io.talos.contracts.json.Json;

/**
 * Something of the bench's that leaves an audit event, like a change of any module.
 *
 * @param run which load
 * @param number which act of it
 */
public record Acted(String run, int number) implements Audited {
  /** Events of this kind are the bench's. */
  public static final String KIND = "bench.acted";

  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        KIND,
        new AuditFacts.Resource("bench", run + "/" + number),
        Json.createObjectBuilder().add("as", "a change with a plain fact or two").build());
  }
}
