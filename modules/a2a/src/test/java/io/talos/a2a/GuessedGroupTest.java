package io.talos.a2a;

import static io.talos.a2a.GroupStage.adding;
import static io.talos.a2a.GroupStage.joining;
import static io.talos.a2a.GroupStage.update;
import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory knows the id of a group that is not hers, and wants in, or wants to know more. */
@Threat("T-IMPERSONATION-01")
class GuessedGroupTest {
  private final GroupStage stage = new GroupStage();
  private final UuidV7 id = stage.ofThree();
  private final UuidV7 nothing = new UuidV7Generator(Randomness.secure()).next(stage.now);

  private List<Outcome<?>> everything(UuidV7 group, String actor) {
    return List.of(
        stage.read.read(group, actor),
        stage.close.close(group, actor),
        stage.handOver.handOver(group, actor, actor),
        stage.commit.commit(group, actor, update(1)),
        stage.commit.commit(group, actor, adding(1, actor)),
        stage.commit.commit(group, actor, joining(1, actor, false)),
        stage.commit.commit(group, actor, joining(1, actor, true)),
        stage.commit.commit(group, actor, joining(7, actor, true)),
        stage.leave.propose(group, actor, 1, Bytes.utf8("let me go")),
        stage.sends(group, actor, 1, "hello"),
        stage.send.send(group, actor, 1, Bytes.of(new byte[Limits.MESSAGE_BYTES_MAX + 1])),
        stage.fetch.fetch(group, actor, Optional.empty(), 10),
        stage.fetch.fetch(group, actor, Optional.of("AAAA"), 10),
        stage.invite.invite(group, actor, actor, Optional.empty()),
        stage.invite.invite(group, actor, "did:key:unknown", Optional.of(Instant.EPOCH)),
        stage.info.read(group, actor),
        stage.history.read(group, actor, Optional.empty(), 10));
  }

  @Test
  void everything_she_tries_is_answered_as_if_the_group_did_not_exist() {
    Group before = stage.group(id);
    int audited = stage.audit.size();

    for (UuidV7 group : List.of(id, nothing)) {
      for (Outcome<?> outcome : everything(group, stage.mallory)) {
        assertThat(refusal(outcome)).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
      }
    }

    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.group(id)).isEqualTo(before);
    assertThat(stage.list.list(stage.mallory, Optional.empty(), 10).groups()).isEmpty();
  }

  @Test
  void she_does_not_learn_of_it_by_its_being_busy() {
    stage.groups.lockedElsewhere.add(id);

    for (Outcome<?> outcome : everything(id, stage.mallory)) {
      assertThat(refusal(outcome)).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    }
    assertThat(refusal(stage.sends(id, stage.bob, 1, "hello")))
        .contains(ErrorCode.A2A_LOCK_CONTENTION);
    assertThat(refusal(stage.commit.commit(id, stage.bob, update(1))))
        .contains(ErrorCode.A2A_LOCK_CONTENTION);
  }

  @Test
  void an_invited_agent_joins_once_from_outside_and_sees_nothing_before_that() {
    done(stage.sends(id, stage.bob, 1, "before"));
    done(stage.invite.invite(id, stage.alice, stage.mallory, Optional.empty()));

    assertThat(done(stage.info.read(id, stage.mallory)).epoch()).isEqualTo(1);
    assertThat(refusal(stage.read.read(id, stage.mallory))).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.fetch.fetch(id, stage.mallory, Optional.empty(), 10)))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.commit.commit(id, stage.mallory, update(1))))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    done(stage.commit.commit(id, stage.mallory, joining(1, stage.mallory, false)));
    done(stage.sends(id, stage.bob, 2, "after"));

    assertThat(stage.words(id, stage.mallory)).containsExactly("commit of epoch 1", "after");
    done(stage.commit.commit(id, stage.alice, GroupStage.removing(2, stage.mallory)));
    assertThat(refusal(stage.commit.commit(id, stage.mallory, joining(3, stage.mallory, false))))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);
  }

  @Test
  void an_invitation_is_worth_nothing_at_its_end() {
    Instant end = stage.now.plusSeconds(60);
    done(stage.invite.invite(id, stage.alice, stage.mallory, Optional.of(end)));

    stage.now = end;
    assertThat(refusal(stage.info.read(id, stage.mallory))).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
    assertThat(refusal(stage.commit.commit(id, stage.mallory, joining(1, stage.mallory, false))))
        .contains(ErrorCode.A2A_GROUP_NOT_FOUND);

    stage.now = end.minusMillis(1);
    done(stage.commit.commit(id, stage.mallory, joining(1, stage.mallory, false)));
  }

  @Test
  void an_invited_agent_cannot_pass_for_a_member_that_comes_back_nor_a_member_for_a_guest() {
    done(stage.invite.invite(id, stage.alice, stage.mallory, Optional.empty()));

    assertThat(refusal(stage.commit.commit(id, stage.mallory, joining(1, stage.mallory, true))))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(refusal(stage.commit.commit(id, stage.bob, joining(1, stage.bob, false))))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
  }

  @Test
  void only_the_owner_invites_and_only_those_who_could_join() {
    assertThat(refusal(stage.invite.invite(id, stage.bob, stage.mallory, Optional.empty())))
        .contains(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    assertThat(refusal(stage.invite.invite(id, stage.alice, stage.bob, Optional.empty())))
        .contains(ErrorCode.A2A_GROUP_STATE_INVALID);
    assertThat(refusal(stage.invite.invite(id, stage.alice, "did:key:unknown", Optional.empty())))
        .contains(ErrorCode.AGENT_NOT_FOUND);
    for (Instant end : List.of(stage.now, stage.now.plus(Limits.INVITATION_MAX).plusMillis(1))) {
      assertThat(refusal(stage.invite.invite(id, stage.alice, stage.mallory, Optional.of(end))))
          .contains(ErrorCode.TALOS_INVALID_INPUT);
    }
    assertThat(refusal(stage.info.read(id, stage.mallory))).contains(ErrorCode.A2A_GROUP_NOT_FOUND);
  }

  @Test
  void no_more_than_256_invitations_are_good_at_a_time() {
    for (int i = 0; i < Limits.INVITATIONS_MAX; i++) {
      stage.register("did:key:guest" + i, true);
      done(stage.invite.invite(id, stage.alice, "did:key:guest" + i, Optional.empty()));
    }

    assertThat(refusal(stage.invite.invite(id, stage.alice, stage.mallory, Optional.empty())))
        .contains(ErrorCode.A2A_GROUP_FULL);
    done(stage.invite.invite(id, stage.alice, "did:key:guest7", Optional.empty()));
  }
}
