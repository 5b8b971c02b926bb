package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Limits;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionAccepted;
import io.talos.contracts.event.SessionClosed;
import io.talos.contracts.event.SessionOpened;
import io.talos.contracts.event.SessionRotated;
import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody does to a session what its state does not allow. */
class SessionLifeTest {
  private final Stage stage = new Stage();

  @Test
  void a_session_is_opened_accepted_rotated_and_closed_and_each_step_is_audited() {
    Session session = stage.active();
    done(stage.rotate.rotate(session.id(), stage.alice, Optional.empty()));
    done(stage.close.close(session.id(), stage.bob));

    assertThat(stage.audit)
        .hasExactlyElementsOfTypes(
            SessionOpened.class, SessionAccepted.class, SessionRotated.class, SessionClosed.class);
    assertThat(done(stage.read.read(session.id(), stage.alice)).state())
        .isEqualTo(SessionState.CLOSED);
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void each_event_covers_the_one_before_so_no_history_can_be_rewritten() {
    Session session = stage.active();
    Session closed = done(stage.close.close(session.id(), stage.alice));
    List<SessionEvent> events = stage.sessions.events;

    assertThat(events).extracting(SessionEvent::sequence).containsExactly(0L, 1L, 2L);
    assertThat(events.get(0).previousDigest()).isEmpty();
    assertThat(events.get(1).previousDigest()).contains(events.get(0).digest());
    assertThat(events.get(2).previousDigest()).contains(events.get(1).digest());
    assertThat(closed.digest()).isEqualTo(events.get(2).digest());
    SessionEvent first = events.get(0);
    SessionEvent altered =
        new SessionEvent(
            first.eventId(),
            first.sessionId(),
            0,
            stage.mallory,
            first.type(),
            first.time(),
            first.data(),
            Optional.empty());
    assertThat(altered.digest()).isNotEqualTo(first.digest());
  }

  @Test
  void the_initiator_cannot_accept_in_the_responders_place() {
    Session session = stage.pending();

    assertThat(refusal(stage.accept.accept(session.id(), stage.alice, Optional.empty())))
        .contains(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    assertThat(stage.sessions.find(session.id())).contains(session);
  }

  @Test
  void a_session_is_accepted_once_rotated_while_active_and_closed_once() {
    Session pending = stage.pending();
    assertThat(refusal(stage.rotate.rotate(pending.id(), stage.alice, Optional.empty())))
        .contains(ErrorCode.A2A_SESSION_STATE_INVALID);

    Session active = stage.active();
    assertThat(refusal(stage.accept.accept(active.id(), stage.bob, Optional.empty())))
        .contains(ErrorCode.A2A_SESSION_STATE_INVALID);

    done(stage.close.close(active.id(), stage.bob));
    assertThat(refusal(stage.close.close(active.id(), stage.alice)))
        .contains(ErrorCode.A2A_SESSION_STATE_INVALID);
    assertThat(refusal(stage.accept.accept(active.id(), stage.bob, Optional.empty())))
        .contains(ErrorCode.A2A_SESSION_STATE_INVALID);
  }

  @Test
  void a_session_has_expired_at_its_very_expiry() {
    Session pending = stage.pending();
    Session active = stage.active();
    stage.now = pending.expiresAt();

    for (Outcome<?> outcome :
        new Outcome<?>[] {
          stage.accept.accept(pending.id(), stage.bob, Optional.empty()),
          stage.rotate.rotate(active.id(), stage.bob, Optional.empty()),
          stage.close.close(active.id(), stage.bob),
          stage.sends(stage.aliceKey, active.id(), 0)
        }) {
      assertThat(refusal(outcome)).contains(ErrorCode.A2A_SESSION_EXPIRED);
    }
    assertThat(done(stage.read.read(active.id(), stage.bob)).state())
        .isEqualTo(SessionState.EXPIRED);

    stage.now = pending.expiresAt().minusMillis(1);
    assertThat(done(stage.accept.accept(pending.id(), stage.bob, Optional.empty())).state())
        .isEqualTo(SessionState.ACTIVE);
  }

  @Test
  void nobody_opens_a_session_with_an_unknown_or_revoked_agent_or_with_itself() {
    stage.register(stage.malloryKey, false);

    assertThat(refusal(stage.open.open(stage.alice, stage.request("did:key:unknown"))))
        .contains(ErrorCode.AGENT_NOT_FOUND);
    assertThat(refusal(stage.open.open(stage.alice, stage.request(stage.mallory))))
        .contains(ErrorCode.AGENT_NOT_FOUND);
    assertThat(refusal(stage.open.open(stage.alice, stage.request(stage.alice))))
        .contains(ErrorCode.TALOS_INVALID_INPUT);
    assertThat(stage.audit).isEmpty();
    assertThat(stage.sessions.events).isEmpty();
  }

  @Test
  void a_request_outside_its_bounds_opens_nothing() {
    Bytes message = Bytes.utf8("opaque");
    for (OpenSession.Request request :
        List.of(
            new OpenSession.Request(stage.bob, "talos-x3dh-9", message, Optional.empty()),
            new OpenSession.Request(stage.bob, "talos-x3dh-2", Bytes.empty(), Optional.empty()),
            new OpenSession.Request(
                stage.bob,
                "talos-x3dh-2",
                Bytes.of(new byte[Limits.INITIAL_MESSAGE_BYTES_MAX + 1]),
                Optional.empty()),
            ending(stage.now),
            ending(stage.now.plus(Duration.ofDays(30)).plusMillis(1)))) {
      assertThat(refusal(stage.open.open(stage.alice, request)))
          .contains(ErrorCode.TALOS_INVALID_INPUT);
    }
    assertThat(stage.audit).isEmpty();

    Session longest =
        done(stage.open.open(stage.alice, ending(stage.now.plus(Duration.ofDays(30)))));
    assertThat(longest.expiresAt()).isEqualTo(stage.now.plus(Duration.ofDays(30)));
  }

  private OpenSession.Request ending(Instant end) {
    return new OpenSession.Request(
        stage.bob, "talos-x3dh-2", Bytes.utf8("opaque"), Optional.of(end));
  }
}
