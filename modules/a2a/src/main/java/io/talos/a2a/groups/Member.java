package io.talos.a2a.groups;

import io.talos.contracts.Check;
import java.util.Optional;

/**
 * An agent that is in a group now, as the commits declared it.
 *
 * @param agentId its DID
 * @param sinceEpoch the epoch in which it became a member
 * @param fromPosition the first entry that it may read
 * @param leavingIn the epoch of its last proposal to leave, if it made one
 */
public record Member(String agentId, long sinceEpoch, long fromPosition, Optional<Long> leavingIn) {
  /** Checks the numbers. */
  public Member {
    Check.that(sinceEpoch >= 0 && fromPosition > 0, "a membership begins somewhere");
  }

  /** A member that did not ask to leave. */
  public static Member staying(String agentId, long sinceEpoch, long fromPosition) {
    return new Member(agentId, sinceEpoch, fromPosition, Optional.empty());
  }

  /** Whether it asked to leave. */
  public boolean leaving() {
    return leavingIn.isPresent();
  }
}
