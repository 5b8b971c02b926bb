package io.talos.a2a.groups;

import io.talos.contracts.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A group with those who are its members now, and what each of them may do.
 *
 * @param members at most {@value Limits#MEMBERS_MAX}
 */
public record Roster(Group group, List<Member> members) {
  /** Copies. */
  public Roster {
    members = List.copyOf(members);
  }

  /** The member with this DID. */
  public Optional<Member> member(String agent) {
    return members.stream().filter(member -> member.agentId().equals(agent)).findFirst();
  }

  private Set<String> leaving() {
    return members.stream()
        .filter(Member::leaving)
        .map(Member::agentId)
        .collect(Collectors.toSet());
  }

  /** Why a member may not do what is the owner's, if so. */
  public Optional<ErrorCode> refusesOwners(String actor) {
    return group.owner().equals(actor)
        ? group.refusesUse()
        : Optional.of(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
  }

  /** Why the owner may not hand the group over to {@code next}, if so. */
  public Optional<ErrorCode> refusesHandingOver(String actor, String next) {
    return refusesOwners(actor)
        .or(
            () ->
                member(next).filter(member -> !member.leaving()).isPresent()
                    ? Optional.empty()
                    : Optional.of(ErrorCode.A2A_GROUP_STATE_INVALID));
  }

  /**
   * Why {@code commit}, which is coherent from {@code actor}, may not be taken, if so. The actor is
   * a member, or was invited and joins by it.
   *
   * @param revoked whether the registration of a member was revoked
   */
  public Optional<ErrorCode> refusesCommit(String actor, Commit commit, Predicate<String> revoked) {
    return group
        .refusesUse()
        .or(() -> group.refusesEpoch(commit.epoch()))
        .or(
            () ->
                commit.declared().external()
                    ? refusesJoining(actor, commit.declared())
                    : refusesChanging(actor, commit.declared(), revoked))
        .or(() -> refusesSize(commit.declared()));
  }

  /** Whoever joins from outside removes its own old leaf when it has one, and nobody else's. */
  private Optional<ErrorCode> refusesJoining(String actor, Commit.Declared declared) {
    return member(actor).isPresent() == declared.removed().contains(actor)
        ? Optional.empty()
        : Optional.of(ErrorCode.A2A_GROUP_STATE_INVALID);
  }

  private Optional<ErrorCode> refusesChanging(
      String actor, Commit.Declared declared, Predicate<String> revoked) {
    Set<String> now = members.stream().map(Member::agentId).collect(Collectors.toSet());
    Set<String> leaving = leaving();
    if (leaving.contains(actor) || !new HashSet<>(declared.removed()).containsAll(leaving)) {
      return Optional.of(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    }
    if (!now.containsAll(declared.removed()) || declared.added().stream().anyMatch(now::contains)) {
      return Optional.of(ErrorCode.A2A_GROUP_STATE_INVALID);
    }
    boolean allowed =
        group.owner().equals(actor)
            || (declared.added().isEmpty()
                && declared.removed().stream()
                    .allMatch(agent -> leaving.contains(agent) || revoked.test(agent)));
    return allowed ? Optional.empty() : Optional.of(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
  }

  private Optional<ErrorCode> refusesSize(Commit.Declared declared) {
    int after = members.size() - declared.removed().size() + declared.added().size();
    return after <= Limits.MEMBERS_MAX ? Optional.empty() : Optional.of(ErrorCode.A2A_GROUP_FULL);
  }

  /** The owner after {@code actor}'s commit: whoever removes a revoked owner takes its place. */
  public String ownerAfter(String actor, Commit.Declared declared) {
    return !declared.external() && declared.removed().contains(group.owner())
        ? actor
        : group.owner();
  }
}
