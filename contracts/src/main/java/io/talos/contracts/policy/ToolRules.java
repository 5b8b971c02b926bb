package io.talos.contracts.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tool rules of a document. A server without an allow rule is open, so far as roles and
 * capabilities let one in; with one, only what an allow rule covers may be called. A deny rule
 * beats every allow rule. Immutable.
 */
public final class ToolRules {
  private final Map<String, List<ToolRule>> byServer = new HashMap<>();

  /** Exactly these rules. */
  public ToolRules(List<ToolRule> rules) {
    for (ToolRule rule : rules) {
      byServer.computeIfAbsent(rule.server(), s -> new ArrayList<>()).add(rule);
    }
    // The most exact first, and of equally exact ones the smallest id.
    Comparator<ToolRule> order =
        Comparator.comparingInt(ToolRule::exactness).reversed().thenComparing(ToolRule::id);
    byServer.values().forEach(list -> list.sort(order));
  }

  /**
   * Why a call is forbidden; empty when it is not.
   *
   * @return the id of the rule that forbids it, or the server's name when no rule allows it
   */
  public Optional<String> forbids(String server, String tool) {
    boolean closed = false;
    boolean allowed = false;
    for (ToolRule rule : byServer.getOrDefault(server, List.of())) {
      boolean covered = rule.covers(tool);
      if (rule.effect() == AccessEffect.DENY) {
        if (covered) {
          return Optional.of(rule.id());
        }
      } else {
        closed = true;
        allowed |= covered;
      }
    }
    return closed && !allowed ? Optional.of(server) : Optional.empty();
  }

  /** What a call costs, by the most exact allow rule with a price. */
  public OptionalLong callPriceMicroUsd(String server, String tool) {
    for (ToolRule rule : byServer.getOrDefault(server, List.of())) {
      if (rule.effect() == AccessEffect.ALLOW
          && rule.callPriceMicroUsd().isPresent()
          && rule.covers(tool)) {
        return rule.callPriceMicroUsd();
      }
    }
    return OptionalLong.empty();
  }
}
