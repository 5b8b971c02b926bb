package io.talos.audit.store;

import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * The condition that a filter is, over the columns of {@code audit.event} under the name {@code e}.
 * Only constants become part of the statement; what was asked for is a parameter.
 */
final class Condition {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** What {@code filter} accepts. */
  static Condition of(EventFilter filter) {
    Condition condition = new Condition();
    filter.principal().ifPresent(id -> condition.and("e.principal_id = ?", id));
    filter.kind().ifPresent(kind -> condition.and("e.kind = ?", kind));
    filter.surface().ifPresent(surface -> condition.and("e.surface_id = ?", surface));
    // One of four words, and the index over the rare ones is only found by a constant.
    filter.result().ifPresent(r -> condition.conditions.add("e.result = '" + r.wire() + "'"));
    filter
        .request()
        .map(UuidV7::text)
        .ifPresent(id -> condition.and("e.request_id = cast(? as uuid)", id));
    filter.resource().ifPresent(id -> condition.and("e.resource_id = ?", id));
    filter
        .from()
        .map(WireTime::format)
        .ifPresent(from -> condition.and("e.ts >= cast(? as timestamptz)", from));
    filter
        .to()
        .map(WireTime::format)
        .ifPresent(to -> condition.and("e.ts < cast(? as timestamptz)", to));
    return condition;
  }

  /** Adds a condition whose question marks stand for {@code parameters}. */
  Condition and(String condition, Object... parameters) {
    String numbered = condition;
    for (Object parameter : parameters) {
      values.add(parameter);
      numbered = numbered.replaceFirst("\\?(?![0-9])", "?" + values.size());
    }
    conditions.add(numbered);
    return this;
  }

  /** The condition as it stands behind {@code where}. */
  String text() {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  /** Gives the query its parameters. */
  Query bind(Query query) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query;
  }
}
