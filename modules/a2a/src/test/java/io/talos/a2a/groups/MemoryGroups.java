package io.talos.a2a.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Groups, their members and entries in memory, for one thread. */
public final class MemoryGroups implements Groups, Members, Entries {
  private final Map<UuidV7, Group> groups = new HashMap<>();
  private final Map<UuidV7, List<Seated>> seated = new HashMap<>();
  private final Map<List<Object>, Instant> invitations = new HashMap<>();
  private final Map<UuidV7, Info> infos = new HashMap<>();
  private final Map<UuidV7, Long> pruned = new HashMap<>();

  /** Every event, in order. */
  public final List<GroupEvent> events = new ArrayList<>();

  /** Every entry that is kept, in order. */
  public final List<Entry> entries = new ArrayList<>();

  /** Groups that somebody else is changing. */
  public final Set<UuidV7> lockedElsewhere = new HashSet<>();

  private record Seated(Member member, Stay stay, long acknowledged) {
    boolean isNow() {
      return stay.until().isEmpty();
    }
  }

  @Override
  public boolean lock(UuidV7 group, Duration atMost) {
    return !lockedElsewhere.contains(group);
  }

  @Override
  public Optional<Group> find(UuidV7 group) {
    return Optional.ofNullable(groups.get(group));
  }

  @Override
  public void add(Group.Creation creation) {
    Check.that(groups.put(creation.group().id(), creation.group()) == null, "it is new");
    events.add(creation.event());
  }

  @Override
  public void change(Group.Change change) {
    UuidV7 id = change.before().id();
    Check.that(change.before().equals(groups.get(id)), "the group is what the change began with");
    groups.put(id, change.after());
    events.addAll(change.events());
  }

  @Override
  public List<Group> of(String agent, Optional<UuidV7> after, int limit) {
    return groups.values().stream()
        .filter(group -> find(group.id(), agent).isPresent())
        .filter(group -> after.isEmpty() || group.id().compareTo(after.get()) > 0)
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .limit(limit)
        .toList();
  }

  @Override
  public List<GroupEvent> events(UuidV7 group, long sequence, int limit) {
    return events.stream()
        .filter(event -> event.groupId().equals(group) && event.sequence() >= sequence)
        .limit(limit)
        .toList();
  }

  private List<Seated> all(UuidV7 group) {
    return seated.computeIfAbsent(group, unused -> new ArrayList<>());
  }

  private Stream<Seated> of(UuidV7 group, String agent) {
    return all(group).stream().filter(one -> one.member().agentId().equals(agent));
  }

  private void replace(UuidV7 group, Seated old, Seated next) {
    List<Seated> list = all(group);
    list.set(list.indexOf(old), next);
  }

  @Override
  public List<Member> now(UuidV7 group) {
    return all(group).stream()
        .filter(Seated::isNow)
        .map(Seated::member)
        .sorted(
            (a, b) ->
                a.fromPosition() == b.fromPosition()
                    ? a.agentId().compareTo(b.agentId())
                    : Long.compare(a.fromPosition(), b.fromPosition()))
        .toList();
  }

  @Override
  public List<String> names(UuidV7 group) {
    return now(group).stream().map(Member::agentId).toList();
  }

  @Override
  public Optional<Member> find(UuidV7 group, String agent) {
    return of(group, agent).filter(Seated::isNow).findFirst().map(Seated::member);
  }

  @Override
  public List<Stay> stays(UuidV7 group, String agent) {
    return of(group, agent).map(Seated::stay).toList();
  }

  @Override
  public void join(UuidV7 group, Member member) {
    Check.that(find(group, member.agentId()).isEmpty(), "nobody is a member twice");
    Stay stay = new Stay(member.fromPosition(), Optional.empty());
    all(group).add(new Seated(member, stay, member.fromPosition() - 1));
  }

  private Seated current(UuidV7 group, String agent) {
    return of(group, agent).filter(Seated::isNow).findFirst().orElseThrow();
  }

  @Override
  public void part(UuidV7 group, String agent, long position) {
    Seated old = current(group, agent);
    Stay ended = new Stay(old.stay().from(), Optional.of(position));
    replace(group, old, new Seated(old.member(), ended, old.acknowledged()));
  }

  @Override
  public void markLeaving(UuidV7 group, String agent, long epoch) {
    Seated old = current(group, agent);
    Member member = old.member();
    Member leaving =
        new Member(agent, member.sinceEpoch(), member.fromPosition(), Optional.of(epoch));
    replace(group, old, new Seated(leaving, old.stay(), old.acknowledged()));
  }

  @Override
  public void acknowledge(UuidV7 group, String agent, long position) {
    for (Seated old : of(group, agent).toList()) {
      long reached = Math.min(position, old.stay().until().orElse(position));
      if (old.stay().from() <= position && old.acknowledged() < reached) {
        replace(group, old, new Seated(old.member(), old.stay(), reached));
      }
    }
  }

  @Override
  public void invite(UuidV7 group, String agent, String inviter, Instant end) {
    invitations.put(List.of(group, agent), end);
  }

  @Override
  public Optional<Instant> invitedUntil(UuidV7 group, String agent) {
    return Optional.ofNullable(invitations.get(List.of(group, agent)));
  }

  @Override
  public int countInvitations(UuidV7 group, String agent, Instant now) {
    return (int)
        invitations.entrySet().stream()
            .filter(one -> one.getKey().get(0).equals(group))
            .filter(one -> !one.getKey().get(1).equals(agent) && one.getValue().isAfter(now))
            .count();
  }

  @Override
  public void forgetInvitation(UuidV7 group, String agent) {
    invitations.remove(List.of(group, agent));
  }

  private List<Entry> kept(UuidV7 group) {
    return entries.stream().filter(entry -> entry.groupId().equals(group)).toList();
  }

  @Override
  public void add(Entry entry, long bytesMax) {
    entries.add(entry);
    long over = kept(entry.groupId()).stream().mapToLong(Entry::bytes).sum() - bytesMax;
    if (over > 0) {
      drop(entry.groupId(), reaching(entry, over + bytesMax / 8));
    }
  }

  private long reaching(Entry last, long bytes) {
    long sum = 0;
    for (Entry entry : kept(last.groupId())) {
      sum += entry.bytes();
      if (sum >= bytes) {
        return Math.min(entry.position(), last.position() - 1);
      }
    }
    return last.position() - 1;
  }

  private int drop(UuidV7 group, long end) {
    int before = entries.size();
    entries.removeIf(entry -> entry.groupId().equals(group) && entry.position() <= end);
    pruned.merge(group, end, Math::max);
    return before - entries.size();
  }

  @Override
  public List<Entry> after(UuidV7 group, String agent, long position, int limit, long bytesMax) {
    List<Stay> stays = stays(group, agent);
    List<Entry> found = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : kept(group)) {
      boolean mine = stays.stream().anyMatch(stay -> stay.covers(entry.position()));
      if (mine && entry.position() > position && found.size() < limit && bytes < bytesMax) {
        found.add(entry);
        bytes += entry.bytes();
      }
    }
    return found;
  }

  @Override
  public long pruned(UuidV7 group) {
    return pruned.getOrDefault(group, 0L);
  }

  @Override
  public void putInfo(UuidV7 group, Info info) {
    infos.put(group, info);
  }

  @Override
  public Optional<Info> info(UuidV7 group) {
    return Optional.ofNullable(infos.get(group));
  }

  @Override
  public List<UuidV7> prunable(Instant before, int limit) {
    return groups.keySet().stream()
        .filter(id -> end(id, before) > pruned(id))
        .sorted()
        .limit(limit)
        .toList();
  }

  private long end(UuidV7 group, Instant before) {
    long position = find(group).orElseThrow().position();
    long readByAll =
        all(group).stream()
            .filter(one -> one.acknowledged() < one.stay().until().orElse(position))
            .mapToLong(Seated::acknowledged)
            .min()
            .orElse(position);
    long old =
        kept(group).stream()
            .filter(entry -> entry.sentAt().isBefore(before))
            .mapToLong(Entry::position)
            .max()
            .orElse(0);
    return Math.max(readByAll, old);
  }

  @Override
  public int prune(UuidV7 group, Instant before, int most) {
    return drop(group, Math.min(end(group, before), pruned(group) + most));
  }

  /** The content of every entry that is kept. */
  public List<Bytes> contents() {
    return entries.stream().map(Entry::content).toList();
  }
}
