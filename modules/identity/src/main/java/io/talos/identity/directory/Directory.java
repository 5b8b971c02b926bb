package io.talos.identity.directory;

import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers organisations, teams and members. Changes belong to the caller's transaction. */
public interface Directory {
  /** Adds; false when the domain is somebody's. */
  boolean add(Org org);

  /** The organisation with this id. */
  Optional<Org> org(UuidV7 id);

  /** At most {@link Limits#PAGE_MAX} organisations with greater ids, by id. */
  List<Org> orgs(Optional<UuidV7> after);

  /** The nearest organisation's domain that {@code host} is, or lies below. */
  Optional<String> domainOf(String host);

  /** Adds; false when the organisation has a team of this name. Its organisation is there. */
  boolean add(Team team);

  /** The team with this id. */
  Optional<Team> team(UuidV7 id);

  /** At most {@link Limits#PAGE_MAX} teams with greater ids, by id. */
  List<Team> teams(Optional<UuidV7> org, Optional<UuidV7> after);

  /** Adds; false when the name (among its kind) or the DID is somebody's. Its team is there. */
  boolean add(Member member);

  /** The member with this id. */
  Optional<Member> member(UuidV7 id);

  /** At most {@link Limits#PAGE_MAX} members with greater ids, by id. */
  List<Member> members(Optional<UuidV7> team, Optional<UuidV7> after);

  /** Changes a member's state and team; false when it is not there or was revoked before. */
  boolean change(UuidV7 id, Member.Status status, UuidV7 team, Instant now);

  /** How the agent with this DID stands. */
  Optional<Member.Standing> agent(Did did);

  /** How the user with this subject stands. */
  Optional<Member.Standing> user(String subject);
}
