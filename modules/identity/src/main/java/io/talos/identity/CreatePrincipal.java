package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrincipalCreated;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import io.talos.identity.directory.Team;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts a user, a service account or an agent into a team. An agent need not be registered yet: its
 * DID is its key.
 *
 * <p>Refuses with: {@link ErrorCode#TEAM_NOT_FOUND}, {@link ErrorCode#PRINCIPAL_EXISTS}. Audited as
 * {@code principal.created}.
 */
@Dependent
public class CreatePrincipal {
  private final Directory directory;
  private final UuidV7Generator ids;
  private final Event<PrincipalCreated> created;
  private final InstantSource clock;

  @Inject
  CreatePrincipal(
      Directory directory,
      UuidV7Generator ids,
      Event<PrincipalCreated> created,
      InstantSource clock) {
    this.directory = directory;
    this.ids = ids;
    this.created = created;
    this.clock = clock;
  }

  /**
   * Who it shall be.
   *
   * @param name a user's subject, a name for the others
   * @param did an agent's, and nobody else's
   */
  public record Wanted(
      Member.Kind kind,
      String name,
      UuidV7 team,
      Optional<Did> did,
      Optional<String> displayName) {}

  /** Creates one, active. */
  @Transactional
  public Outcome<Member> create(Wanted wanted) {
    Optional<Team> team = directory.team(wanted.team());
    if (team.isEmpty()) {
      return Outcome.refused(ErrorCode.TEAM_NOT_FOUND);
    }
    Member member = member(wanted, team.get(), WireTime.cut(clock.instant()));
    if (!directory.add(member)) {
      return Outcome.refused(ErrorCode.PRINCIPAL_EXISTS);
    }
    created.fire(
        new PrincipalCreated(
            member.id(),
            member.kind().wire(),
            member.name(),
            member.team(),
            member.did().map(Did::text)));
    return Outcome.done(member);
  }

  private Member member(Wanted wanted, Team team, Instant now) {
    return new Member(
        ids.next(now),
        wanted.name(),
        wanted.kind(),
        team.id(),
        team.org(),
        wanted.did(),
        wanted.displayName(),
        Member.Status.ACTIVE,
        now,
        Optional.empty());
  }
}
