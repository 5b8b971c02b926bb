package io.talos.a2a.rest;

import jakarta.json.bind.annotation.JsonbProperty;

/** The body that hands a group over; schema {@code a2a/group_owner_request.v1}. */
public record GroupOwnerRequest(@JsonbProperty("agent_id") String agentId) {}
