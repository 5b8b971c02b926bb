package io.talos.a2a;

import static io.talos.a2a.GroupStage.adding;
import static io.talos.a2a.GroupStage.joining;
import static io.talos.a2a.GroupStage.removing;
import static io.talos.a2a.GroupStage.update;
import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.groups.Entry;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bob was removed, or is on his way out, and wants to go on reading and writing. */
@Threat("T-KEYCOMPROMISE-02")
class RemovedMemberTest {
  private final GroupStage stage = new GroupStage();
  private final UuidV7 id = stage.ofThree();

  @Test
  void he_reads_up_to_the_commit_that_removed_him_and_nothing_after_it() {
    done(stage.sends(id, stage.carol, 1, "with bob"));
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.sends(id, stage.carol, 2, "without bob"));

    assertThat(stage.words(id, stage.bob))
        .containsExactly("welcome", "with bob", "commit of epoch 1");
    assertThat(refusal(stage.sends(id, stage.bob, 2, "still here")))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.read.read(id, stage.bob))).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.info.read(id, stage.bob))).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.history.read(id, stage.bob, Optional.empty(), 10)))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(stage.list.list(stage.bob, Optional.empty(), 10).groups()).isEmpty();
  }

  @Test
  void a_cursor_from_his_time_does_not_carry_him_further() {
    String cursor = done(stage.fetch.fetch(id, stage.bob, Optional.empty(), 10)).nextCursor();
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.sends(id, stage.carol, 2, "without bob"));

    FetchGroupEntries.Page page = done(stage.fetch.fetch(id, stage.bob, Optional.of(cursor), 10));
    FetchGroupEntries.Page next =
        done(stage.fetch.fetch(id, stage.bob, Optional.of(page.nextCursor()), 10));

    assertThat(page.entries()).extracting(Entry::kind).containsExactly(Entry.Kind.COMMIT);
    assertThat(next.entries()).isEmpty();
  }

  @Test
  void carols_cursor_is_not_his() {
    String cursor = done(stage.fetch.fetch(id, stage.carol, Optional.empty(), 10)).nextCursor();

    assertThat(refusal(stage.fetch.fetch(id, stage.bob, Optional.of(cursor), 10)))
        .contains(ErrorCode.TALOS_INVALID_CURSOR);
  }

  @Test
  void back_again_he_sees_his_new_stay_from_its_welcome_and_not_the_time_between() {
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.sends(id, stage.carol, 2, "between"));
    done(stage.commit.commit(id, stage.alice, adding(2, stage.bob)));
    done(stage.sends(id, stage.carol, 3, "again"));

    assertThat(stage.words(id, stage.bob)).containsExactly("welcome", "again");
    assertThat(stage.words(id, stage.carol))
        .containsExactly("welcome", "commit of epoch 1", "between", "commit of epoch 2", "again");
    Entry welcome = stage.seen(id, stage.bob).get(0);
    assertThat(welcome.kind()).isEqualTo(Entry.Kind.WELCOME);
    assertThat(welcome.epoch()).isEqualTo(3);
    assertThat(welcome.declared().orElseThrow().added()).containsExactly(stage.bob);
  }

  @Test
  void going_on_from_his_old_stay_he_comes_to_the_new_one_past_what_lies_between() {
    String cursor = done(stage.fetch.fetch(id, stage.bob, Optional.empty(), 10)).nextCursor();
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.sends(id, stage.carol, 2, "between"));
    done(stage.commit.commit(id, stage.alice, adding(2, stage.bob)));

    FetchGroupEntries.Page page = done(stage.fetch.fetch(id, stage.bob, Optional.of(cursor), 10));

    assertThat(page.entries())
        .extracting(entry -> entry.content().utf8())
        .containsExactly("commit of epoch 1", "welcome");
  }

  @Test
  void a_message_under_the_keys_of_an_epoch_that_is_over_is_refused() {
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));

    assertThat(refusal(stage.sends(id, stage.carol, 1, "bob could read this")))
        .contains(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
    assertThat(refusal(stage.sends(id, stage.carol, 3, "nobody could")))
        .contains(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
    assertThat(stage.groups.contents()).doesNotContain(Bytes.utf8("bob could read this"));
  }

  @Test
  void whoever_asked_to_leave_reads_on_but_neither_sends_nor_commits() {
    done(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("let me go")));
    done(stage.sends(id, stage.carol, 1, "farewell"));

    assertThat(refusal(stage.sends(id, stage.bob, 1, "one more")))
        .contains(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    assertThat(refusal(stage.commit.commit(id, stage.bob, update(1))))
        .contains(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    assertThat(stage.words(id, stage.bob)).containsExactly("welcome", "let me go", "farewell");
  }

  @Test
  void he_asks_once_in_an_epoch_so_that_no_commit_meets_two_proposals() {
    done(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("let me go")));

    assertThat(refusal(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("let me go at once"))))
        .contains(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    assertThat(stage.groups.contents()).doesNotContain(Bytes.utf8("let me go at once"));
  }

  @Test
  void nobody_can_keep_him_by_leaving_his_proposal_out() {
    done(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("let me go")));

    assertThat(refusal(stage.commit.commit(id, stage.alice, update(1))))
        .contains(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    assertThat(refusal(stage.commit.commit(id, stage.alice, adding(1, stage.mallory))))
        .contains(ErrorCode.A2A_GROUP_LEAVE_PENDING);
    done(stage.commit.commit(id, stage.carol, removing(1, stage.bob)));

    assertThat(stage.groups.find(id, stage.bob)).isEmpty();
  }

  @Test
  void a_guest_who_cannot_hold_his_proposal_joins_and_he_may_propose_again() {
    done(stage.invite.invite(id, stage.alice, stage.mallory, Optional.empty()));
    done(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("let me go")));
    done(stage.commit.commit(id, stage.mallory, joining(1, stage.mallory, false)));

    assertThat(stage.groups.find(id, stage.bob).orElseThrow().leaving()).isTrue();
    assertThat(refusal(stage.leave.propose(id, stage.bob, 1, Bytes.utf8("stale"))))
        .contains(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
    done(stage.leave.propose(id, stage.bob, 2, Bytes.utf8("let me go now")));
    done(stage.commit.commit(id, stage.mallory, removing(2, stage.bob)));
  }

  @Test
  void the_owner_hands_over_before_it_leaves() {
    assertThat(refusal(stage.leave.propose(id, stage.alice, 1, Bytes.utf8("let me go"))))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(refusal(stage.handOver.handOver(id, stage.bob, stage.bob)))
        .contains(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    assertThat(refusal(stage.handOver.handOver(id, stage.alice, stage.mallory)))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    done(stage.handOver.handOver(id, stage.alice, stage.bob));
    done(stage.leave.propose(id, stage.alice, 1, Bytes.utf8("let me go")));

    done(stage.commit.commit(id, stage.bob, removing(1, stage.alice)));
    assertThat(stage.group(id).owner()).isEqualTo(stage.bob);
  }

  @Test
  void a_member_that_lost_its_state_comes_back_from_outside_in_its_own_place() {
    done(stage.commit.commit(id, stage.bob, joining(1, stage.bob, true)));
    done(stage.sends(id, stage.carol, 2, "welcome back"));

    assertThat(stage.groups.now(id)).hasSize(3);
    assertThat(stage.words(id, stage.bob)).containsExactly("commit of epoch 1", "welcome back");
    assertThat(refusal(stage.commit.commit(id, stage.bob, joining(2, stage.bob, false))))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(stage.group(id).owner()).isEqualTo(stage.alice);
    done(stage.commit.commit(id, stage.alice, joining(2, stage.alice, true)));
    assertThat(stage.group(id).owner()).isEqualTo(stage.alice);
  }

  @Test
  void whoever_waits_is_woken_by_what_it_may_read_and_by_nothing_else() {
    done(stage.commit.commit(id, stage.alice, removing(1, stage.bob)));
    done(stage.sends(id, stage.carol, 2, "without bob"));
    done(stage.commit.commit(id, stage.alice, adding(2, stage.mallory)));

    assertThat(stage.arrivals)
        .hasSize(4)
        .endsWith(
            new Arrived(List.of(stage.alice, stage.bob, stage.carol)),
            new Arrived(List.of(stage.alice, stage.carol)),
            new Arrived(List.of(stage.alice, stage.carol, stage.mallory)));
  }

  @Test
  void a_member_that_was_away_for_many_epochs_reads_them_all_in_order() {
    for (long epoch = 1; epoch <= 60; epoch++) {
      done(stage.commit.commit(id, stage.alice, update(epoch)));
    }

    List<Entry> seen = stage.seen(id, stage.bob);

    assertThat(seen).hasSize(61);
    assertThat(seen).extracting(Entry::position).isSorted().doesNotHaveDuplicates();
  }
}
