package io.talos.contracts.capability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The one rule for both sides: what a link must not do to the link before it. */
final class Narrowing {
  private Narrowing() {}

  /** Why {@code child} may not follow {@code parent}; empty when it may. */
  static Optional<String> violation(Terms parent, Terms child) {
    if (!child.issuer().equals(parent.subject())) {
      return Optional.of("the issuer is not the subject of the link before");
    }
    return violation(parent.rights(), child.rights());
  }

  private static Optional<String> violation(Rights parent, Rights child) {
    if (child.delegationDepth() >= parent.delegationDepth()) {
      return Optional.of("no further link may follow, or not so deep a one");
    }
    if (!isWithin(parent.scope(), child.scope())) {
      return Optional.of("the scope is wider");
    }
    if (child.expiresAt().isAfter(parent.expiresAt())) {
      return Optional.of("it ends later");
    }
    if (startsEarlier(parent, child)) {
      return Optional.of("it starts earlier");
    }
    if (isMore(parent.calls(), child.calls())) {
      return Optional.of("it has more calls");
    }
    if (isMore(parent.spendMicroUsd(), child.spendMicroUsd())) {
      return Optional.of("it may spend more");
    }
    if (isFromElsewhere(parent.sources(), child.sources())) {
      return Optional.of("it may be used from more networks");
    }
    if (!isKept(parent.constraints(), child.constraints())) {
      return Optional.of("a constraint is dropped or loosened");
    }
    return Optional.empty();
  }

  private static boolean isWithin(List<Scope> parent, List<Scope> child) {
    for (Scope narrow : child) {
      if (parent.stream().noneMatch(wide -> wide.covers(narrow))) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsEarlier(Rights parent, Rights child) {
    // A child without not_before is not held back at all, so it starts earlier than one that is.
    return parent.notBefore().isPresent()
        && child.notBefore().orElse(Instant.MIN).isBefore(parent.notBefore().get());
  }

  private static boolean isMore(OptionalLong parent, OptionalLong child) {
    return parent.isPresent() && child.orElse(Long.MAX_VALUE) > parent.getAsLong();
  }

  private static boolean isFromElsewhere(List<SourceNetwork> parent, List<SourceNetwork> child) {
    if (parent.isEmpty()) {
      return false;
    }
    // A child without networks may be used from everywhere.
    return child.isEmpty()
        || !child.stream().allMatch(narrow -> parent.stream().anyMatch(w -> w.covers(narrow)));
  }

  private static boolean isKept(List<Constraint> parent, List<Constraint> child) {
    for (Constraint wide : parent) {
      if (child.stream().noneMatch(narrow -> narrow.narrows(wide))) {
        return false;
      }
    }
    return true;
  }
}
