package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import io.talos.identity.directory.Org;
import io.talos.identity.directory.Team;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Shows organisations, teams and principals, page by page in the order in which they were made.
 *
 * <p>Refuses with: {@link ErrorCode#ORG_NOT_FOUND}, {@link ErrorCode#TEAM_NOT_FOUND}, {@link
 * ErrorCode#PRINCIPAL_NOT_FOUND}.
 */
@Dependent
public class ReadDirectory {
  private final Directory directory;

  @Inject
  ReadDirectory(Directory directory) {
    this.directory = directory;
  }

  /** The organisation with this id. */
  public Outcome<Org> org(UuidV7 id) {
    return found(directory.org(id), ErrorCode.ORG_NOT_FOUND);
  }

  /** The organisations after this one. */
  public List<Org> orgs(Optional<UuidV7> after) {
    return directory.orgs(after);
  }

  /** The team with this id. */
  public Outcome<Team> team(UuidV7 id) {
    return found(directory.team(id), ErrorCode.TEAM_NOT_FOUND);
  }

  /** The teams after this one, of one organisation when it is named. */
  public List<Team> teams(Optional<UuidV7> org, Optional<UuidV7> after) {
    return directory.teams(org, after);
  }

  /** The principal with this id. */
  public Outcome<Member> member(UuidV7 id) {
    return found(directory.member(id), ErrorCode.PRINCIPAL_NOT_FOUND);
  }

  /** The principals after this one, of one team when it is named. */
  public List<Member> members(Optional<UuidV7> team, Optional<UuidV7> after) {
    return directory.members(team, after);
  }

  private static <T> Outcome<T> found(Optional<T> thing, ErrorCode otherwise) {
    return thing.map(Outcome::done).orElseGet(() -> Outcome.refused(otherwise));
  }
}
