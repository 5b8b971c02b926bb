package io.talos.audit.erasure;

import io.talos.contracts.id.UuidV7;
import java.util.function.Function;

/** Whose personal members are erased. */
public sealed interface ErasureTarget {
  /** Those of one event. */
  record OfEvent(UuidV7 eventId) implements ErasureTarget {}

  /** Those of all events of an agent or a virtual key. */
  record OfPrincipal(String id) implements ErasureTarget {}

  /** Those of all events of the operator with this subject, which is personal itself. */
  record OfOperator(String subject) implements ErasureTarget {}

  /** Answers by the kind of target. */
  default <R> R match(
      Function<OfEvent, R> event,
      Function<OfPrincipal, R> principal,
      Function<OfOperator, R> operator) {
    if (this instanceof OfEvent one) {
      return event.apply(one);
    }
    if (this instanceof OfPrincipal caller) {
      return principal.apply(caller);
    }
    return operator.apply((OfOperator) this);
  }
}
