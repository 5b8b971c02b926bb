package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.TeamCreated;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Team;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes a team of an organisation.
 *
 * <p>Refuses with: {@link ErrorCode#ORG_NOT_FOUND}, {@link ErrorCode#TEAM_EXISTS}. Audited as
 * {@code team.created}.
 */
@Dependent
public class CreateTeam {
  private final Directory directory;
  private final UuidV7Generator ids;
  private final Event<TeamCreated> created;
  private final InstantSource clock;

  @Inject
  CreateTeam(
      Directory directory, UuidV7Generator ids, Event<TeamCreated> created, InstantSource clock) {
    this.directory = directory;
    this.ids = ids;
    this.created = created;
    this.clock = clock;
  }

  /** Creates one. */
  @Transactional
  public Outcome<Team> create(UuidV7 org, String name) {
    Instant now = WireTime.cut(clock.instant());
    if (directory.org(org).isEmpty()) {
      return Outcome.refused(ErrorCode.ORG_NOT_FOUND);
    }
    Team team = new Team(ids.next(now), org, name, now);
    if (!directory.add(team)) {
      return Outcome.refused(ErrorCode.TEAM_EXISTS);
    }
    created.fire(new TeamCreated(team.id(), org));
    return Outcome.done(team);
  }
}
