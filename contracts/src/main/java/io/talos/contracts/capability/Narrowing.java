package io.talos.contracts.capability;

import java.time.Instant;
import java.util.Optional;

/** The one rule for both sides: what a link must not do to the link before it. */
final class Narrowing {
  private Narrowing() {}

  /** Why {@code child} may not follow {@code parent}; empty when it may. */
  static Optional<String> violation(Terms parent, Terms child) {
    if (!child.issuer().equals(parent.subject())) {
      return Optional.of("the issuer is not the subject of the link before");
    }
    if (child.delegationDepth() >= parent.delegationDepth()) {
      return Optional.of("no further link may follow, or not so deep a one");
    }
    if (!child.scope().stream().allMatch(c -> parent.scope().stream().anyMatch(p -> p.covers(c)))) {
      return Optional.of("the scope is wider");
    }
    if (child.expiresAt().isAfter(parent.expiresAt())) {
      return Optional.of("it ends later");
    }
    if (startsEarlier(parent, child)) {
      return Optional.of("it starts earlier");
    }
    if (hasMoreCalls(parent, child)) {
      return Optional.of("it has more calls");
    }
    if (!parent.constraints().stream().allMatch(p -> isKept(p, child))) {
      return Optional.of("a constraint is dropped or loosened");
    }
    return Optional.empty();
  }

  private static boolean startsEarlier(Terms parent, Terms child) {
    // A child without not_before is not held back at all, so it starts earlier than one that is.
    return parent.notBefore().isPresent()
        && child.notBefore().orElse(Instant.MIN).isBefore(parent.notBefore().get());
  }

  private static boolean hasMoreCalls(Terms parent, Terms child) {
    return parent.calls().isPresent()
        && child.calls().orElse(Long.MAX_VALUE) > parent.calls().getAsLong();
  }

  private static boolean isKept(Constraint constraint, Terms child) {
    return child.constraints().stream().anyMatch(c -> c.narrows(constraint));
  }
}
