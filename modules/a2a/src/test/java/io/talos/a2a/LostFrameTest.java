package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.FrameAccepted;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames are to be lost on their way through an inbox, or to come back after their time. */
@Threat("T-REPLAY-01")
class LostFrameTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();

  private FramePage inbox(Optional<String> cursor) {
    return done(stage.inbox.fetch(stage.bob, cursor, 10));
  }

  private static List<Long> numbers(FramePage page) {
    return page.frames().stream()
        .map(StoredFrame::content)
        .map(frame -> frame.senderSeq())
        .toList();
  }

  @Test
  void frames_of_all_sessions_come_in_the_order_in_which_they_were_taken() {
    Session other = stage.active();
    done(stage.sends(stage.aliceKey, session.id(), 7));
    done(stage.sends(stage.aliceKey, other.id(), 0));
    done(stage.sends(stage.aliceKey, session.id(), 3));
    done(stage.sends(stage.bobKey, session.id(), 0));

    assertThat(numbers(inbox(Optional.empty()))).containsExactly(7L, 0L, 3L);
  }

  @Test
  void a_frame_comes_again_until_it_is_acknowledged_and_then_from_an_older_cursor_alone() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    FramePage first = inbox(Optional.empty());
    done(stage.sends(stage.aliceKey, session.id(), 1));
    String start = done(stage.inbox.fetch(stage.alice, Optional.empty(), 10)).nextCursor();

    assertThat(numbers(inbox(Optional.empty()))).containsExactly(0L, 1L);
    done(stage.acknowledge.acknowledge(stage.bob, first.nextCursor()));
    assertThat(numbers(inbox(Optional.empty()))).containsExactly(1L);
    assertThat(numbers(inbox(Optional.of(first.nextCursor())))).containsExactly(1L);
    assertThat(refusal(stage.inbox.fetch(stage.bob, Optional.of(start), 10)))
        .contains(ErrorCode.TALOS_INVALID_CURSOR);
  }

  @Test
  void an_older_acknowledgement_takes_nothing_back() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    String zero = done(stage.inbox.fetch(stage.bob, Optional.empty(), 10)).nextCursor();
    done(stage.sends(stage.aliceKey, session.id(), 1));
    String one = inbox(Optional.of(zero)).nextCursor();

    done(stage.acknowledge.acknowledge(stage.bob, one));
    done(stage.acknowledge.acknowledge(stage.bob, zero));

    assertThat(inbox(Optional.empty()).frames()).isEmpty();
  }

  @Test
  void a_cursor_of_another_reader_or_another_kind_acknowledges_nothing() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    String bobs = inbox(Optional.empty()).nextCursor();
    String ofSession =
        done(stage.fetch.fetch(session.id(), stage.bob, Optional.empty(), 10)).nextCursor();

    for (Outcome<?> outcome :
        new Outcome<?>[] {
          stage.acknowledge.acknowledge(stage.alice, bobs),
          stage.acknowledge.acknowledge(stage.bob, ofSession),
          stage.acknowledge.acknowledge(stage.bob, "A".repeat(54)),
          stage.acknowledge.acknowledge(stage.bob, ""),
          stage.inbox.fetch(stage.mallory, Optional.of(bobs), 10),
          stage.inbox.fetch(stage.bob, Optional.of(ofSession), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of(bobs), 10)
        }) {
      assertThat(refusal(outcome).orElseThrow()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR);
    }
    assertThat(inbox(Optional.empty()).frames()).hasSize(1);
  }

  @Test
  void a_full_inbox_refuses_the_next_frame_and_loses_none() {
    for (long number = 0; number < Stage.INBOX_FRAMES_MAX; number++) {
      done(stage.sends(stage.aliceKey, session.id(), number));
    }
    long next = Stage.INBOX_FRAMES_MAX;
    int audited = stage.audit.size();

    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), next)))
        .contains(ErrorCode.A2A_INBOX_FULL);
    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 0)))
        .contains(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.frames.frames).hasSize(Stage.INBOX_FRAMES_MAX);

    done(stage.acknowledge.acknowledge(stage.bob, inbox(Optional.empty()).nextCursor()));
    done(stage.sends(stage.aliceKey, session.id(), next));
    assertThat(stage.audit)
        .filteredOn(FrameAccepted.class::isInstance)
        .hasSize(Stage.INBOX_FRAMES_MAX + 1);
  }

  @Test
  void what_was_acknowledged_is_gone_after_its_retention_and_cannot_be_sent_again() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    FramePage page = inbox(Optional.empty());
    done(stage.acknowledge.acknowledge(stage.bob, page.nextCursor()));

    stage.now = stage.now.plusSeconds(10).minusMillis(1);
    assertThat(stage.endFrames.agents(stage.now)).isEmpty();
    stage.now = stage.now.plusMillis(1);
    assertThat(stage.endFrames.agents(stage.now)).containsExactly(stage.bob);
    assertThat(stage.endFrames.of(stage.bob, stage.now)).isEqualTo(1);
    assertThat(stage.endFrames.of(stage.bob, stage.now)).isZero();

    assertThat(stage.frames.frames).isEmpty();
    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 0)))
        .contains(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
  }
}
