package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionRotated;
import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An old ratchet state is to take the place of a newer one, so that keys are used twice. */
@Threat("T-REPLAY-01")
class RolledBackStateTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();

  private static Optional<ParkedState> state(String text, long counter) {
    Bytes blob = Bytes.utf8(text);
    return Optional.of(new ParkedState(blob, Sha256.hex(blob), counter));
  }

  @Test
  void a_state_that_is_not_newer_is_refused_and_nothing_changes() {
    done(stage.rotate.rotate(session.id(), stage.alice, state("second", 2)));
    int audited = stage.audit.size();
    int events = stage.sessions.events.size();

    for (long counter : new long[] {1, 2}) {
      assertThat(refusal(stage.rotate.rotate(session.id(), stage.alice, state("other", counter))))
          .contains(ErrorCode.A2A_PARKED_STATE_STALE);
    }

    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.sessions.events).hasSize(events);
    assertThat(done(stage.read.read(session.id(), stage.alice)).parked())
        .isEqualTo(state("second", 2));
    done(stage.rotate.rotate(session.id(), stage.bob, state("bob counts for himself", 1)));
  }

  @Test
  void the_history_and_the_audit_log_say_which_state_was_the_last() {
    ParkedState parked = state("second", 2).orElseThrow();
    done(stage.rotate.rotate(session.id(), stage.alice, Optional.of(parked)));

    List<SessionEvent> history = done(stage.history.read(session.id(), stage.bob, 0, 10));
    SessionEvent last = history.get(history.size() - 1);
    assertThat(last.toJson().getJsonObject("data")).isEqualTo(parked.data());
    assertThat(last.toJson().getString("event_digest")).isEqualTo(last.digest());
    assertThat(parked.data().getInt("ratchet_state_counter")).isEqualTo(2);
    SessionRotated audited = (SessionRotated) stage.audit.get(stage.audit.size() - 1);
    assertThat(audited.facts().meta().getString("ratchet_state_digest")).isEqualTo(parked.digest());
    assertThat(audited.facts().meta().getInt("ratchet_state_counter")).isEqualTo(2);
  }

  @Test
  void a_session_that_is_over_for_long_enough_keeps_no_state_and_no_initial_message() {
    done(stage.rotate.rotate(session.id(), stage.alice, state("last", 1)));
    Session closed = done(stage.close.close(session.id(), stage.bob));
    int events = stage.sessions.events.size();

    stage.now = stage.now.plus(Duration.ofDays(7)).minusMillis(1);
    assertThat(stage.sweep.run(stage.now)).isZero();
    stage.now = stage.now.plusMillis(1);
    assertThat(stage.sweep.run(stage.now)).isEqualTo(1);

    ReadSession.View view = done(stage.read.read(session.id(), stage.alice));
    assertThat(view.parked()).isEmpty();
    assertThat(view.session().initialMessage()).isEqualTo(Bytes.empty());
    assertThat(view.session().digest()).isEqualTo(closed.digest());
    assertThat(stage.sessions.events).hasSize(events);
  }
}
