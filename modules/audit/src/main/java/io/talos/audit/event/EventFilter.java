package io.talos.audit.event;

import io.talos.audit.tree.Limits;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.util.Optional;

/**
 * Which events are asked for.
 *
 * @param kind exactly this kind
 * @param principal of exactly this agent or virtual key
 * @param before older than this event
 */
public record EventFilter(
    Optional<String> kind, Optional<String> principal, Optional<UuidV7> before) {
  /** Bounds the texts. */
  public EventFilter {
    Check.atMost(
        Math.max(kind.orElse("").length(), principal.orElse("").length()),
        Limits.FILTER_CHARACTERS_MAX,
        "a filter's length");
  }
}
