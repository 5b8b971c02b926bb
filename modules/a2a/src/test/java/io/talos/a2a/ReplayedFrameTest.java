package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.Session;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.FrameAccepted;
import io.talos.contracts.registry.Threat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory sends again what she recorded, or numbers that block a sender or reach back in time. */
@Threat("T-REPLAY-01")
class ReplayedFrameTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();

  @Test
  void a_frame_that_comes_twice_is_refused_the_second_time_and_stored_once() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    int audited = stage.audit.size();

    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 0)))
        .contains(ErrorCode.A2A_FRAME_REPLAY_DETECTED);

    assertThat(stage.frames.frames).hasSize(1);
    assertThat(stage.audit).hasSize(audited);
  }

  @Test
  void alices_and_bobs_numbers_do_not_get_in_each_others_way() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    done(stage.sends(stage.bobKey, session.id(), 0));

    assertThat(stage.audit).filteredOn(FrameAccepted.class::isInstance).hasSize(2);
  }

  @Test
  void a_number_1024_above_is_taken_and_one_more_is_not() {
    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 1024)))
        .contains(ErrorCode.A2A_FRAME_SEQUENCE_TOO_FAR);
    done(stage.sends(stage.aliceKey, session.id(), 1023));
    done(stage.sends(stage.aliceKey, session.id(), 1023 + 1024));

    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 1023 + 2048 + 1)))
        .contains(ErrorCode.A2A_FRAME_SEQUENCE_TOO_FAR);
    assertThat(stage.frames.lane(session.id(), stage.alice).highestSeq()).isEqualTo(2047);
  }

  @Test
  void a_frame_one_older_than_the_window_is_refused_and_the_window_does_not_move() {
    done(stage.sends(stage.aliceKey, session.id(), 1000));
    done(stage.sends(stage.aliceKey, session.id(), 2000));

    assertThat(refusal(stage.sends(stage.aliceKey, session.id(), 2000 - 1025)))
        .contains(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    done(stage.sends(stage.aliceKey, session.id(), 2000 - 1024));

    assertThat(stage.frames.lane(session.id(), stage.alice).highestSeq()).isEqualTo(2000);
  }

  @Test
  void a_cursor_is_good_for_its_reader_and_its_session_only() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    Session other = stage.active();
    String bobs = fetch(session, stage.bob, Optional.empty()).nextCursor();

    assertThat(fetch(session, stage.bob, Optional.of(bobs)).frames()).isEmpty();
    for (Outcome<?> outcome :
        new Outcome<?>[] {
          stage.fetch.fetch(session.id(), stage.alice, Optional.of(bobs), 10),
          stage.fetch.fetch(other.id(), stage.bob, Optional.of(bobs), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of("B" + bobs.substring(1)), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of(bobs + "A"), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of("not a cursor"), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of(""), 10),
          stage.fetch.fetch(session.id(), stage.bob, Optional.of("A".repeat(9999)), 10)
        }) {
      assertThat(refusal(outcome).orElseThrow()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR);
    }
  }

  private FramePage fetch(Session of, String reader, Optional<String> cursor) {
    return done(stage.fetch.fetch(of.id(), reader, cursor, 10));
  }
}
