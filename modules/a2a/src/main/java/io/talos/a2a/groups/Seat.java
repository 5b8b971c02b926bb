package io.talos.a2a.groups;

import io.talos.contracts.error.ErrorCode;
import java.util.Optional;

/** A group with one of its members, and what that one may do alone. */
public record Seat(Group group, Member member) {
  /** Why the member may not send a message made in {@code epoch}, if so. */
  public Optional<ErrorCode> refusesMessage(long epoch) {
    return group
        .refusesUse()
        .or(() -> group.refusesEpoch(epoch))
        .or(
            () ->
                member.leaving()
                    ? Optional.of(ErrorCode.A2A_GROUP_LEAVE_PENDING)
                    : Optional.empty());
  }

  /** Why the member may not ask, in {@code epoch}, to leave, if so. It asks once in an epoch. */
  public Optional<ErrorCode> refusesLeave(long epoch) {
    if (group.owner().equals(member.agentId())) {
      return Optional.of(ErrorCode.A2A_GROUP_STATE_INVALID);
    }
    return group
        .refusesUse()
        .or(() -> group.refusesEpoch(epoch))
        .or(
            () ->
                member
                    .leavingIn()
                    .filter(asked -> asked == epoch)
                    .map(asked -> ErrorCode.A2A_GROUP_LEAVE_PENDING));
  }
}
