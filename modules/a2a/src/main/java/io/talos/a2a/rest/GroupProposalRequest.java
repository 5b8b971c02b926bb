package io.talos.a2a.rest;

/** The body that asks to leave a group; schema {@code a2a/group_proposal_request.v1}. */
public record GroupProposalRequest(long epoch, String proposal) {}
