package io.talos.a2a;

import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.MemoryGroups;
import io.talos.a2a.groups.MemoryKeyPackages;
import io.talos.a2a.groups.Retention;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.port.MapVault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups on stores in memory, with Alice, Bob, Carol and Mallory registered. */
final class GroupStage {
  static final Duration RETENTION = Duration.ofDays(1);
  static final long BYTES_MAX = 4000;

  final String alice = "did:key:alice";
  final String bob = "did:key:bob";
  final String carol = "did:key:carol";
  final String mallory = "did:key:mallory";

  final MemoryGroups groups = new MemoryGroups();
  final MemoryKeyPackages packages = new MemoryKeyPackages();
  final List<Object> audit = new ArrayList<>();
  final List<Object> arrivals = new ArrayList<>();
  final Map<String, AgentDirectory.Agent> registered = new HashMap<>();
  Instant now = Instant.parse("2026-03-01T12:00:00.000Z");

  private final InstantSource clock = () -> now;
  private final AgentDirectory agents = did -> Optional.ofNullable(registered.get(did));
  private final Retention retention = new Retention(RETENTION, BYTES_MAX);
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final GroupDoor door = new GroupDoor(groups, groups, Stage.SETTINGS);
  private final CursorKey cursorKey =
      new CursorKey(new MakeCursorKey(new MapVault(), Randomness.secure()));

  final CreateGroup create = new CreateGroup(groups, groups, told(), ids, clock);
  final ReadGroup read = new ReadGroup(door);
  final ListGroups list = new ListGroups(groups);
  final CloseGroup close = new CloseGroup(door, groups, told(), ids, clock);
  final HandOverGroup handOver = new HandOverGroup(door, groups, told(), ids, clock);
  final CommitToGroup commit =
      new CommitToGroup(
          door,
          groups,
          groups,
          groups,
          agents,
          new TellOfCommit(told(), told(), told(), told(), woken()),
          ids,
          retention,
          clock);
  final ProposeLeave leave =
      new ProposeLeave(door, groups, groups, groups, told(), woken(), ids, retention, clock);
  final SendGroupMessage send =
      new SendGroupMessage(door, groups, groups, groups, told(), woken(), ids, retention, clock);
  final FetchGroupEntries fetch = new FetchGroupEntries(groups, groups, cursorKey, Stage.SETTINGS);
  final InviteToGroup invite = new InviteToGroup(door, groups, groups, agents, told(), ids, clock);
  final ReadGroupInfo info = new ReadGroupInfo(door, groups, clock);
  final ReadGroupHistory history = new ReadGroupHistory(door, groups, cursorKey);
  final PruneGroups prune = new PruneGroups(groups, groups, retention);
  final PublishKeyPackages publish = new PublishKeyPackages(packages, agents, told(), clock);
  final ClaimKeyPackage claim = new ClaimKeyPackage(packages, agents, told(), clock);

  GroupStage() {
    for (String agent : List.of(alice, bob, carol, mallory)) {
      register(agent, true);
    }
  }

  private RecordedEvent<Arrived> woken() {
    return new RecordedEvent<>(arrivals);
  }

  private <T> RecordedEvent<T> told() {
    return new RecordedEvent<>(audit);
  }

  void register(String agent, boolean active) {
    registered.put(agent, new AgentDirectory.Agent(agent, Bytes.of(new byte[32]), active, now));
  }

  /** A group of Alice's, in epoch 0. */
  UuidV7 alone() {
    return create.create(alice, Optional.of("the four")).group().id();
  }

  /** A group of Alice's with Bob and Carol, in epoch 1. */
  UuidV7 ofThree() {
    UuidV7 id = alone();
    Stage.done(commit.commit(id, alice, adding(0, bob, carol)));
    return id;
  }

  Group group(UuidV7 id) {
    return groups.find(id).orElseThrow();
  }

  static Commit commit(long epoch, List<String> added, List<String> removed, boolean external) {
    return new Commit(
        epoch,
        Bytes.utf8("commit of epoch " + epoch),
        added.isEmpty() || external ? Optional.empty() : Optional.of(Bytes.utf8("welcome")),
        Bytes.utf8("info of epoch " + (epoch + 1)),
        new Commit.Declared(added, removed, external));
  }

  static Commit update(long epoch) {
    return commit(epoch, List.of(), List.of(), false);
  }

  static Commit adding(long epoch, String... agents) {
    return commit(epoch, List.of(agents), List.of(), false);
  }

  static Commit removing(long epoch, String... agents) {
    return commit(epoch, List.of(), List.of(agents), false);
  }

  /** Joins from outside; {@code again} for a member that lost its state. */
  static Commit joining(long epoch, String agent, boolean again) {
    return commit(epoch, List.of(agent), again ? List.of(agent) : List.of(), true);
  }

  Outcome<Entry> sends(UuidV7 id, String actor, long epoch, String text) {
    return send.send(id, actor, epoch, Bytes.utf8(text));
  }

  /** Everything that {@code actor} is shown from the beginning of its last stay on. */
  List<Entry> seen(UuidV7 id, String actor) {
    return Stage.done(fetch.fetch(id, actor, Optional.empty(), 200)).entries();
  }

  List<String> words(UuidV7 id, String actor) {
    return seen(id, actor).stream().map(entry -> entry.content().utf8()).toList();
  }
}
