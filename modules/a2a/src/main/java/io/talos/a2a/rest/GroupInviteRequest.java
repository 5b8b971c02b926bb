package io.talos.a2a.rest;

import jakarta.json.bind.annotation.JsonbProperty;
import org.jspecify.annotations.Nullable;

/** The body that invites an agent to a group; schema {@code a2a/group_invite_request.v1}. */
public record GroupInviteRequest(
    @JsonbProperty("agent_id") String agentId,
    @JsonbProperty("expires_at") @Nullable String expiresAt) {}
