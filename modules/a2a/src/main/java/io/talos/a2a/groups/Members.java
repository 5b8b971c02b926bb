package io.talos.a2a.groups;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers who is, was and may become a member. Every method needs a transaction. */
public interface Members {
  /** The members now, by the order of their joining. */
  List<Member> now(UuidV7 group);

  /** The DIDs of the members now. */
  List<String> names(UuidV7 group);

  /** The agent, when it is a member now. */
  Optional<Member> find(UuidV7 group, String agent);

  /** The stays of {@code agent}, in order; the latest {@link Limits#STAYS_MAX}. */
  List<Stay> stays(UuidV7 group, String agent);

  /** A new stay; the caller holds the group's lock. */
  void join(UuidV7 group, Member member);

  /** Ends a stay with the entry at {@code position}; the caller holds the group's lock. */
  void part(UuidV7 group, String agent, long position);

  /** A member asked in {@code epoch} to leave; the caller holds the group's lock. */
  void markLeaving(UuidV7 group, String agent, long epoch);

  /** A reader has everything up to {@code position}; less than before changes nothing. */
  void acknowledge(UuidV7 group, String agent, long position);

  /** Lets an agent join until {@code end}, in place of an earlier invitation. */
  void invite(UuidV7 group, String agent, String inviter, Instant end);

  /** Until when an agent may join. */
  Optional<Instant> invitedUntil(UuidV7 group, String agent);

  /** How many invitations other than that of {@code agent} are good at {@code now}. */
  int countInvitations(UuidV7 group, String agent, Instant now);

  /** Takes an invitation back, or away because it was used. */
  void forgetInvitation(UuidV7 group, String agent);
}
