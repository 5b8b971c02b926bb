package io.talos.a2a;

import static io.talos.a2a.GroupStage.adding;
import static io.talos.a2a.GroupStage.removing;
import static io.talos.a2a.GroupStage.update;
import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory wants two halves of a group to go on in two epochs, or to change what is the owner's. */
class ForkedGroupTest {
  private final GroupStage stage = new GroupStage();
  private final UuidV7 id = stage.ofThree();

  private void refused(ErrorCode code, String actor, Commit commit) {
    Group before = stage.group(id);
    int audited = stage.audit.size();
    List<Entry> entries = List.copyOf(stage.groups.entries);

    assertThat(refusal(stage.commit.commit(id, actor, commit))).contains(code);

    assertThat(stage.group(id)).isEqualTo(before);
    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.groups.entries).isEqualTo(entries);
  }

  @Test
  void of_two_commits_made_in_one_epoch_the_second_is_refused() {
    done(stage.commit.commit(id, stage.bob, update(1)));

    refused(ErrorCode.A2A_GROUP_EPOCH_CONFLICT, stage.carol, update(1));
    refused(ErrorCode.A2A_GROUP_EPOCH_CONFLICT, stage.carol, update(3));
    assertThat(stage.group(id).epoch()).isEqualTo(2);
  }

  @Test
  void a_change_of_a_group_that_moved_on_meanwhile_is_a_fault_of_the_store() {
    Group old = stage.group(id);
    done(stage.sends(id, stage.bob, 1, "meanwhile"));

    assertThatThrownBy(
            () -> stage.groups.change(new Group.Change(old, old.inNextEpoch(), List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void positions_have_no_gap_whatever_is_sent() {
    done(stage.sends(id, stage.bob, 1, "one"));
    done(stage.commit.commit(id, stage.carol, update(1)));
    done(stage.leave.propose(id, stage.bob, 2, Bytes.utf8("let me go")));
    done(stage.commit.commit(id, stage.carol, removing(2, stage.bob)));

    assertThat(stage.groups.entries)
        .extracting(Entry::position)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void a_member_that_is_not_the_owner_neither_adds_nor_removes() {
    refused(ErrorCode.A2A_MEMBER_NOT_ALLOWED, stage.bob, adding(1, stage.mallory));
    refused(ErrorCode.A2A_MEMBER_NOT_ALLOWED, stage.bob, removing(1, stage.carol));
    refused(ErrorCode.A2A_MEMBER_NOT_ALLOWED, stage.bob, removing(1, stage.alice));
  }

  @Test
  void whoever_is_revoked_may_be_removed_by_every_member_and_an_owner_is_followed_by_it() {
    stage.register(stage.alice, false);

    done(stage.commit.commit(id, stage.bob, removing(1, stage.alice)));

    assertThat(stage.group(id).owner()).isEqualTo(stage.bob);
    assertThat(stage.groups.events)
        .extracting(event -> event.said().type())
        .endsWith(
            GroupEvent.Type.EPOCH_COMMITTED,
            GroupEvent.Type.MEMBER_REMOVED,
            GroupEvent.Type.OWNER_CHANGED);
    done(stage.commit.commit(id, stage.bob, adding(2, stage.mallory)));
  }

  @Test
  void a_commit_whose_parts_do_not_fit_each_other_is_refused() {
    Bytes bytes = Bytes.utf8("x");
    Optional<Bytes> welcome = Optional.of(bytes);
    List<String> none = List.of();
    List<String> mallory = List.of(stage.mallory);
    for (Commit commit :
        List.of(
            new Commit(1, bytes, Optional.empty(), bytes, declared(mallory, none, false)),
            new Commit(1, bytes, welcome, bytes, declared(none, none, false)),
            new Commit(1, bytes, welcome, bytes, declared(mallory, mallory, false)),
            new Commit(1, bytes, welcome, bytes, declared(List.of(stage.alice), none, false)),
            removing(1, stage.alice),
            new Commit(1, bytes, Optional.empty(), bytes, declared(mallory, none, true)),
            new Commit(1, bytes, welcome, bytes, declared(List.of(stage.alice), none, true)))) {
      refused(ErrorCode.TALOS_INVALID_INPUT, stage.alice, commit);
    }
  }

  private static Commit.Declared declared(List<String> in, List<String> out, boolean external) {
    return new Commit.Declared(in, out, external);
  }

  @Test
  void nobody_is_added_twice_or_removed_without_being_there() {
    refused(ErrorCode.A2A_GROUP_STATE_INVALID, stage.alice, adding(1, stage.bob));
    refused(ErrorCode.A2A_GROUP_STATE_INVALID, stage.alice, removing(1, stage.mallory));
    refused(ErrorCode.AGENT_NOT_FOUND, stage.alice, adding(1, "did:key:unknown"));
    stage.register(stage.mallory, false);
    refused(ErrorCode.AGENT_NOT_FOUND, stage.alice, adding(1, stage.mallory));
  }

  @Test
  void a_group_takes_256_members_and_not_one_more() {
    List<String> crowd =
        IntStream.range(0, Limits.MEMBERS_MAX).mapToObj(i -> "did:key:agent" + i).toList();
    crowd.forEach(agent -> stage.register(agent, true));
    for (int from = 0; from < 200; from += 100) {
      String[] hundred = crowd.subList(from, from + 100).toArray(String[]::new);
      done(stage.commit.commit(id, stage.alice, adding(stage.group(id).epoch(), hundred)));
    }
    int left = Limits.MEMBERS_MAX - 203;

    refused(
        ErrorCode.A2A_GROUP_FULL,
        stage.alice,
        adding(3, crowd.subList(200, 201 + left).toArray(String[]::new)));
    done(
        stage.commit.commit(
            id, stage.alice, adding(3, crowd.subList(200, 200 + left).toArray(String[]::new))));
    assertThat(stage.groups.now(id)).hasSize(Limits.MEMBERS_MAX);
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void each_event_covers_the_one_before_so_no_history_can_be_rewritten() {
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.close.close(id, stage.alice));

    List<GroupEvent> events =
        done(stage.history.read(id, stage.alice, Optional.empty(), 200)).events();

    assertThat(events)
        .extracting(event -> event.said().type())
        .containsExactly(
            GroupEvent.Type.GROUP_CREATED,
            GroupEvent.Type.EPOCH_COMMITTED,
            GroupEvent.Type.MEMBER_ADDED,
            GroupEvent.Type.MEMBER_ADDED,
            GroupEvent.Type.EPOCH_COMMITTED,
            GroupEvent.Type.MEMBER_REMOVED,
            GroupEvent.Type.GROUP_CLOSED);
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).isEqualTo(i);
      assertThat(events.get(i).previousDigest()).contains(events.get(i - 1).digest());
    }
    assertThat(stage.group(id).digest()).isEqualTo(events.get(events.size() - 1).digest());
  }

  @Test
  void a_history_is_read_page_by_page_with_a_cursor_of_ones_own() {
    ReadGroupHistory.Page first = done(stage.history.read(id, stage.alice, Optional.empty(), 3));
    ReadGroupHistory.Page second = done(stage.history.read(id, stage.alice, first.nextCursor(), 3));

    assertThat(first.events()).hasSize(3);
    assertThat(second.events()).extracting(GroupEvent::sequence).containsExactly(3L);
    assertThat(second.nextCursor()).isEmpty();
    assertThat(refusal(stage.history.read(id, stage.bob, first.nextCursor(), 3)))
        .contains(ErrorCode.TALOS_INVALID_CURSOR);
  }

  @Test
  void a_closed_group_takes_nothing_more_and_can_still_be_read() {
    assertThat(refusal(stage.close.close(id, stage.bob)))
        .contains(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    done(stage.close.close(id, stage.alice));

    refused(ErrorCode.A2A_GROUP_STATE_INVALID, stage.bob, update(1));
    assertThat(refusal(stage.sends(id, stage.bob, 1, "too late")))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(refusal(stage.close.close(id, stage.alice)))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(refusal(stage.info.read(id, stage.bob))).contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(stage.words(id, stage.bob)).containsExactly("welcome");
  }
}
