package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members come, go, and come back with nothing but their identity. */
class LostStateTest {
  private final Cast cast = new Cast();
  private final Party groups = cast.group("alice", "bob", "carol", "dave");
  private final Group alice = groups.get("alice");

  private void talks(String from, String... to) {
    Bytes message = groups.get(from).protect(Bytes.utf8("from " + from));
    for (String name : to) {
      assertThat(groups.get(name).unprotect(message).sender()).isEqualTo(cast.did(from));
    }
  }

  @Test
  void a_member_that_lost_its_state_comes_back_with_the_same_key() {
    PreparedCommit last = alice.update();
    cast.all(groups, "alice", last);
    OutsideJoin back = cast.comesIn("carol", last);

    cast.all(groups, "carol", back.commit());
    assertThat(groups.remove("carol").isMember()).isFalse();
    groups.put("carol", back.taken());

    assertThat(alice.members()).isEqualTo(cast.dids("alice", "bob", "carol", "dave"));
    talks("carol", "alice", "bob", "dave");
    talks("alice", "carol", "bob", "dave");
  }

  @Test
  void it_comes_back_though_its_new_leaf_is_another_one() {
    PreparedCommit removal = alice.remove(cast.dids("bob"));
    cast.all(groups, "alice", removal);
    groups.remove("bob");
    OutsideJoin back = cast.comesIn("dave", removal);

    cast.all(groups, "dave", back.commit());
    groups.put("dave", back.taken());

    talks("dave", "alice", "carol");
    PreparedCommit update = groups.get("carol").update();
    cast.all(groups, "carol", update);
    talks("carol", "alice", "dave");
  }

  @Test
  void an_invited_agent_comes_in_from_outside_and_a_returning_one_after_it() {
    PreparedCommit last = alice.update();
    cast.all(groups, "alice", last);
    OutsideJoin erin = cast.comesIn("erin", last);
    cast.all(groups, "erin", erin.commit());
    groups.put("erin", erin.taken());
    OutsideJoin back = cast.comesIn("alice", erin.commit());
    cast.all(groups, "alice", back.commit());
    groups.put("alice", back.taken());

    talks("erin", "alice", "bob", "carol", "dave");
    talks("alice", "erin", "bob", "carol", "dave");
  }

  @Test
  void who_leaves_is_gone_with_the_next_commit_of_anybody() {
    Bytes leave = groups.get("bob").leave();
    groups.values().forEach(group -> group.noteLeave(leave));
    assertThat(alice.leaving()).isEqualTo(cast.dids("bob"));
    assertThatThrownBy(() -> groups.get("bob").update())
        .isInstanceOf(IllegalArgumentException.class);

    PreparedCommit update = groups.get("dave").update();
    cast.all(groups, "dave", update);

    assertThat(update.removed()).isEqualTo(cast.dids("bob"));
    assertThat(groups.get("bob").isMember()).isFalse();
    assertThat(alice.members()).isEqualTo(cast.dids("alice", "carol", "dave"));
    talks("dave", "alice", "carol");
  }

  @Test
  void leaving_twice_counts_once() {
    Bytes leave = groups.get("bob").leave();
    Bytes again = groups.get("bob").leave();
    for (Group group : groups.values()) {
      group.noteLeave(leave);
      group.noteLeave(again);
      group.noteLeave(leave);
    }

    PreparedCommit update = alice.update();
    cast.all(groups, "alice", update);

    assertThat(update.removed()).isEqualTo(cast.dids("bob"));
    talks("alice", "carol", "dave");
  }

  @Test
  void nobody_proposes_that_another_leaves() {
    Bytes leave = groups.get("bob").leave();
    byte[] forged = leave.toArray();
    for (int at = 0; at < forged.length; at++) {
      forged[at] ^= 1;
      Bytes changed = Bytes.of(forged);
      assertThatThrownBy(() -> alice.noteLeave(changed)).isInstanceOf(TalosException.class);
      forged[at] ^= 1;
    }
    assertThat(alice.leaving()).isEmpty();
  }

  @Test
  void a_removed_member_reads_nothing_after() {
    Group bob = groups.get("bob");
    PreparedCommit removal = alice.remove(cast.dids("bob"));
    Bytes before = bob.epochAuthenticator();
    cast.all(groups, "alice", removal);
    Bytes secret = alice.protect(Bytes.utf8("without bob"));

    assertThat(bob.isMember()).isFalse();
    assertThatThrownBy(() -> bob.unprotect(secret))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_MEMBER_NOT_ALLOWED));
    assertThat(bob.epochAuthenticator()).isEqualTo(before).isNotEqualTo(alice.epochAuthenticator());
    List<Did> rest = cast.dids("alice", "carol", "dave");
    assertThat(alice.members()).isEqualTo(rest);
  }

  @Test
  void a_removed_member_that_does_not_follow_its_removal_cannot_read_on_either() {
    Group bob = groups.remove("bob");
    cast.all(groups, "alice", alice.remove(cast.dids("bob")));
    PreparedCommit update = groups.get("carol").update();
    cast.all(groups, "carol", update);
    Bytes secret = alice.protect(Bytes.utf8("without bob"));

    assertThatThrownBy(() -> bob.unprotect(secret)).isInstanceOf(TalosException.class);
    assertThatThrownBy(() -> bob.follow(update.commit(), cast.declared("carol", update)))
        .isInstanceOf(TalosException.class);
  }

  @Test
  void a_group_of_one_goes_on_and_takes_others_in() {
    Cast own = new Cast();
    Group erin = own.creates("erin");
    PreparedCommit first = erin.update();
    erin.follow(first.commit(), own.declared("erin", first));
    PreparedCommit second = erin.update();
    erin.follow(second.commit(), own.declared("erin", second));
    OutsideJoin frank = own.comesIn("frank", second);
    erin.follow(frank.commit().commit(), own.declared("frank", frank.commit()));

    assertThat(erin.epoch()).isEqualTo(3);
    assertThat(frank.taken().unprotect(erin.protect(Bytes.utf8("hi"))).sender())
        .isEqualTo(own.did("erin"));
  }

  @Test
  void the_last_two_part_by_closing_the_group() {
    Cast own = new Cast();
    Group erin = own.group("erin", "frank").get("erin");

    assertThatThrownBy(() -> erin.remove(own.dids("frank")))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_STATE_INVALID));
    assertThat(erin.members()).isEqualTo(own.dids("erin", "frank"));
  }
}
