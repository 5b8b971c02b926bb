package io.talos.a2a;

import static io.talos.a2a.GroupStage.joining;
import static io.talos.a2a.GroupStage.update;
import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody fills a group, or never reads, so that the server keeps more and more. */
@Threat("T-NETWORKDOS-01")
class FloodedGroupTest {
  private final GroupStage stage = new GroupStage();
  private final UuidV7 id = stage.ofThree();

  /** Reads everything and says so. */
  private void reads(String reader) {
    String cursor = done(stage.fetch.fetch(id, reader, Optional.empty(), 200)).nextCursor();
    done(stage.fetch.fetch(id, reader, Optional.of(cursor), 200));
  }

  private int prunes() {
    return stage.prune.due(stage.now).stream()
        .mapToInt(group -> stage.prune.prune(group, stage.now))
        .sum();
  }

  @Test
  void what_every_reader_has_acknowledged_is_kept_no_longer_and_nothing_else_goes() {
    done(stage.sends(id, stage.alice, 1, "one"));
    reads(stage.alice);
    reads(stage.bob);
    assertThat(prunes()).isZero();

    reads(stage.carol);
    done(stage.sends(id, stage.alice, 1, "two"));

    assertThat(prunes()).isEqualTo(2);
    assertThat(stage.groups.contents()).containsExactly(Bytes.utf8("two"));
    assertThat(prunes()).isZero();
  }

  @Test
  void whoever_fell_behind_the_retention_is_told_and_comes_back_from_outside() {
    String cursor = done(stage.fetch.fetch(id, stage.bob, Optional.empty(), 10)).nextCursor();
    done(stage.sends(id, stage.alice, 1, "missed"));
    stage.now = stage.now.plus(GroupStage.RETENTION);
    assertThat(prunes()).isZero();
    stage.now = stage.now.plusMillis(1);

    assertThat(prunes()).isEqualTo(2);
    assertThat(refusal(stage.fetch.fetch(id, stage.bob, Optional.of(cursor), 10)))
        .contains(ErrorCode.A2A_GROUP_ENTRIES_GONE);
    assertThat(refusal(stage.fetch.fetch(id, stage.bob, Optional.empty(), 10)))
        .contains(ErrorCode.A2A_GROUP_ENTRIES_GONE);
    done(stage.commit.commit(id, stage.bob, joining(1, stage.bob, true)));
    assertThat(stage.words(id, stage.bob)).containsExactly("commit of epoch 1");
  }

  @Test
  void the_oldest_go_when_a_group_holds_too_much_and_the_newest_always_stays() {
    String long1000 = "x".repeat(1000);
    for (int i = 0; i < 20; i++) {
      done(stage.sends(id, stage.alice, 1, long1000));
    }

    long kept = stage.groups.entries.stream().mapToLong(Entry::bytes).sum();
    assertThat(kept).isLessThanOrEqualTo(GroupStage.BYTES_MAX);
    assertThat(stage.groups.entries.get(stage.groups.entries.size() - 1).position()).isEqualTo(21);
    done(stage.sends(id, stage.alice, 1, "x".repeat(5000)));
    assertThat(stage.groups.entries).hasSize(1);
    assertThat(refusal(stage.fetch.fetch(id, stage.bob, Optional.empty(), 10)))
        .contains(ErrorCode.A2A_GROUP_ENTRIES_GONE);
  }

  @Test
  void a_message_that_is_too_large_is_not_kept() {
    Bytes large = Bytes.of(new byte[Limits.MESSAGE_BYTES_MAX + 1]);

    assertThat(refusal(stage.send.send(id, stage.alice, 1, large)))
        .contains(ErrorCode.A2A_FRAME_SIZE_EXCEEDED);
    assertThat(stage.groups.entries).hasSize(1);
  }

  @Test
  void a_member_that_joined_later_does_not_hold_up_what_came_before_it() {
    for (String reader : new String[] {stage.alice, stage.bob, stage.carol}) {
      reads(reader);
    }
    done(stage.commit.commit(id, stage.alice, GroupStage.adding(1, stage.mallory)));

    assertThat(prunes()).isEqualTo(1);
    assertThat(stage.words(id, stage.mallory)).containsExactly("welcome");
    done(stage.commit.commit(id, stage.alice, update(2)));
    assertThat(stage.words(id, stage.mallory)).containsExactly("welcome", "commit of epoch 2");
  }
}
