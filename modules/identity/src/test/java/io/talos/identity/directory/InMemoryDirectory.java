package io.talos.identity.directory;

import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A directory in maps. */
public final class InMemoryDirectory implements Directory {
  private final Map<UuidV7, Org> orgs = new TreeMap<>();
  private final Map<UuidV7, Team> teams = new TreeMap<>();
  private final Map<UuidV7, Member> members = new TreeMap<>();

  @Override
  public boolean add(Org org) {
    boolean taken = orgs.values().stream().anyMatch(o -> o.domain().equals(org.domain()));
    return !taken && orgs.putIfAbsent(org.id(), org) == null;
  }

  @Override
  public Optional<Org> org(UuidV7 id) {
    return Optional.ofNullable(orgs.get(id));
  }

  @Override
  public List<Org> orgs(Optional<UuidV7> after) {
    return page(orgs, after, org -> true);
  }

  @Override
  public Optional<String> domainOf(String host) {
    return orgs.values().stream()
        .map(org -> org.domain().text())
        .filter(Domain.above(host)::contains)
        .max(Comparator.comparingInt(String::length));
  }

  @Override
  public boolean add(Team team) {
    boolean taken =
        teams.values().stream()
            .anyMatch(t -> t.org().equals(team.org()) && t.name().equals(team.name()));
    return !taken && teams.putIfAbsent(team.id(), team) == null;
  }

  @Override
  public Optional<Team> team(UuidV7 id) {
    return Optional.ofNullable(teams.get(id));
  }

  @Override
  public List<Team> teams(Optional<UuidV7> org, Optional<UuidV7> after) {
    return page(teams, after, team -> org.orElse(team.org()).equals(team.org()));
  }

  @Override
  public boolean add(Member member) {
    boolean taken =
        members.values().stream()
            .anyMatch(
                m ->
                    (m.kind() == member.kind() && m.name().equals(member.name()))
                        || (m.did().isPresent() && m.did().equals(member.did())));
    return !taken && members.putIfAbsent(member.id(), member) == null;
  }

  @Override
  public Optional<Member> member(UuidV7 id) {
    return Optional.ofNullable(members.get(id));
  }

  @Override
  public List<Member> members(Optional<UuidV7> team, Optional<UuidV7> after) {
    return page(members, after, member -> team.orElse(member.team()).equals(member.team()));
  }

  @Override
  public boolean change(UuidV7 id, Member.Status status, UuidV7 team, Instant now) {
    Optional<Member> open =
        member(id).filter(m -> m.status() != Member.Status.REVOKED && team(team).isPresent());
    open.ifPresent(
        m ->
            members.put(
                id,
                new Member(
                    id,
                    m.name(),
                    m.kind(),
                    team,
                    team(team).orElseThrow().org(),
                    m.did(),
                    m.displayName(),
                    status,
                    m.createdAt(),
                    status == Member.Status.REVOKED ? Optional.of(now) : Optional.empty())));
    return open.isPresent();
  }

  @Override
  public Optional<Member.Standing> agent(Did did) {
    return members.values().stream()
        .filter(m -> m.did().filter(did::equals).isPresent())
        .findFirst()
        .map(Member::standing);
  }

  @Override
  public Optional<Member.Standing> user(String subject) {
    return members.values().stream()
        .filter(m -> m.kind() == Member.Kind.USER && m.name().equals(subject))
        .findFirst()
        .map(Member::standing);
  }

  private static <T> List<T> page(Map<UuidV7, T> all, Optional<UuidV7> after, Predicate<T> wanted) {
    return all.entrySet().stream()
        .filter(e -> after.map(id -> e.getKey().compareTo(id) > 0).orElse(true))
        .map(Map.Entry::getValue)
        .filter(wanted)
        .limit(Limits.PAGE_MAX)
        .toList();
  }
}
