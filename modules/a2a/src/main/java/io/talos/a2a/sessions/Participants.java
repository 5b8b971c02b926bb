package io.talos.a2a.sessions;

import io.talos.contracts.Check;

/**
 * The two ends of a session; they never change.
 *
 * @param initiator DID of the agent that asked
 * @param responder DID of the agent that was asked
 */
public record Participants(String initiator, String responder) {
  /** Two different agents. */
  public Participants {
    Check.that(!initiator.equals(responder), "a session has two ends");
  }

  /** Whether {@code agent} is one of them. */
  public boolean include(String agent) {
    return initiator.equals(agent) || responder.equals(agent);
  }

  /** The one that {@code agent} is not. */
  public String other(String agent) {
    Check.that(include(agent), "the agent takes part");
    return initiator.equals(agent) ? responder : initiator;
  }
}
