package io.talos.a2a.rest;

import io.talos.a2a.InviteToGroup;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;

/** An invitation; schema {@code a2a/group_invitation.v1}. */
public record GroupInvitationResponse(
    @JsonbProperty("group_id") String groupId,
    @JsonbProperty("agent_id") String agentId,
    @JsonbProperty("expires_at") String expiresAt) {

  static GroupInvitationResponse of(InviteToGroup.Invitation invitation) {
    return new GroupInvitationResponse(
        invitation.groupId().text(), invitation.agentId(), WireTime.format(invitation.expiresAt()));
  }
}
