package io.talos.system;

import static io.talos.system.OpaqueGroup.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fifty members commit and send at once, at two servers, and want two chains of epochs. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class GroupRaceIT {
  private static final int MEMBERS = 50;
  private static final int COMMITS = 100;
  private static final int TRIES_MAX = 5000;

  private final TwoNodes nodes;
  private final Stack stack;

  GroupRaceIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
  }

  @Test
  void fifty_members_racing_a_hundred_commits_end_in_one_chain_without_a_fork()
      throws InterruptedException, ExecutionException {
    List<Identity> members =
        IntStream.range(0, MEMBERS).mapToObj(i -> Agents.registered(stack)).toList();
    Identity owner = members.get(0);
    OpaqueGroup group = OpaqueGroup.of(stack, owner, members.subList(1, MEMBERS));
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();

    List<List<Integer>> begun =
        AtOnce.each(
            IntStream.range(0, MEMBERS).boxed().toList(),
            i -> commits(group.at(nodes.both().get(i % 2)), members.get(i), taken, tries));

    List<Integer> epochs = begun.stream().flatMap(List::stream).sorted().toList();
    assertThat(taken.get()).isGreaterThanOrEqualTo(COMMITS);
    assertThat(epochs)
        .containsExactlyElementsOf(IntStream.range(2, 2 + epochs.size()).boxed().toList());
    assertThat(group.epoch(owner)).isEqualTo(1 + epochs.size());
    theEntriesAreOneOrder(group, members, epochs.size());
    theHistoryIsOneChain(group, owner);
    Proofs.tell("commits of fifty members at two servers, in one chain", epochs.size());
  }

  /** Commits until all have together; the epochs that its own commits began. */
  private static List<Integer> commits(
      OpaqueGroup group, Identity member, AtomicInteger taken, AtomicInteger tries) {
    List<Integer> begun = new ArrayList<>();
    while (taken.get() < COMMITS && tries.incrementAndGet() < TRIES_MAX) {
      Http.Answer answer = group.update(member, group.epoch(member));
      if (answer.status() == 201) {
        taken.incrementAndGet();
        begun.add(answer.json().getInt("epoch"));
      } else {
        assertThat(answer.code())
            .isIn("A2A_GROUP_EPOCH_CONFLICT", "A2A_LOCK_CONTENTION", "RATE_LIMITED");
      }
    }
    return begun;
  }

  private static void theEntriesAreOneOrder(
      OpaqueGroup group, List<Identity> members, int commits) {
    List<JsonObject> first = group.entries(members.get(1));
    assertThat(first)
        .extracting(entry -> entry.getInt("position"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 1 + commits).boxed().toList());
    assertThat(first.subList(1, first.size()))
        .extracting(entry -> entry.getInt("epoch"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, commits).boxed().toList());
    assertThat(group.entries(members.get(MEMBERS - 1))).isEqualTo(first);
  }

  private static void theHistoryIsOneChain(OpaqueGroup group, Identity member) {
    Optional<String> before = Optional.empty();
    for (JsonObject event : group.events(member)) {
      assertThat(Optional.ofNullable(event.getString("previous_digest", null))).isEqualTo(before);
      assertThat(FrameDigest.ofEvent(event)).isEqualTo(event.getString("event_digest"));
      before = Optional.of(event.getString("event_digest"));
    }
    assertThat(granted(group.get(member, "")).json().getString("event_digest"))
        .isEqualTo(before.orElseThrow());
  }

  @Test
  void what_was_acknowledged_before_the_server_died_is_there_afterwards() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    OpaqueGroup group = OpaqueGroup.of(stack, alice, List.of(bob));
    OpaqueGroup atSecond = group.at(nodes.second());
    granted(atSecond.update(bob, 1));
    granted(atSecond.say(alice, 2, "in time"));

    nodes.secondServer().kill();
    granted(group.update(alice, 2));
    nodes.secondServer().start();

    assertThat(group.words(bob))
        .containsExactly("welcome by commit in 0", "commit in 1", "in time", "commit in 2");
    assertThat(atSecond.words(bob)).isEqualTo(group.words(bob));
    assertThat(atSecond.update(bob, 2).code()).isEqualTo("A2A_GROUP_EPOCH_CONFLICT");
    granted(atSecond.update(bob, 3));
  }
}
