package io.talos.identity.rest;

import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Team;

/** A team, in the form that Talos 1.x gave it. */
public record TeamResponse(
    String schemaId, String schemaVersion, String id, String orgId, String name, String createdAt) {
  static TeamResponse of(Team team) {
    return new TeamResponse(
        "talos.team",
        "v2",
        team.id().text(),
        team.org().text(),
        team.name(),
        WireTime.format(team.createdAt()));
  }
}
