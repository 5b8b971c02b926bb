package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionState;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody floods the server with sessions, or looks through lists for those of others. */
@Threat("T-METADATA-01")
class HiddenSessionTest {
  private final Stage stage = new Stage();

  private ListSessions.Page list(
      String agent, Optional<SessionState> state, Optional<String> cursor, int limit) {
    return done(stage.list.list(agent, state, cursor, limit));
  }

  @Test
  void the_responder_learns_what_waits_for_it_and_mallory_learns_nothing() {
    Session pending = stage.pending();
    stage.active();

    assertThat(list(stage.bob, Optional.of(SessionState.PENDING), Optional.empty(), 10).sessions())
        .containsExactly(pending);
    assertThat(list(stage.bob, Optional.empty(), Optional.empty(), 10).sessions()).hasSize(2);
    assertThat(list(stage.mallory, Optional.empty(), Optional.empty(), 10).sessions()).isEmpty();
  }

  @Test
  void pages_hold_every_session_once_and_a_cursor_is_good_for_its_list_only() {
    for (int i = 0; i < 5; i++) {
      stage.pending();
    }
    List<Session> found = new ArrayList<>();
    ListSessions.Page page = list(stage.bob, Optional.empty(), Optional.empty(), 2);
    String first = page.nextCursor().orElseThrow();
    found.addAll(page.sessions());
    while (page.nextCursor().isPresent()) {
      page = list(stage.bob, Optional.empty(), page.nextCursor(), 2);
      found.addAll(page.sessions());
    }

    assertThat(found).hasSize(5).doesNotHaveDuplicates();
    for (Outcome<?> outcome :
        new Outcome<?>[] {
          stage.list.list(stage.alice, Optional.empty(), Optional.of(first), 2),
          stage.list.list(stage.bob, Optional.of(SessionState.PENDING), Optional.of(first), 2),
          stage.list.list(stage.bob, Optional.empty(), Optional.of("A".repeat(64)), 2),
          stage.list.list(stage.bob, Optional.empty(), Optional.of(""), 2)
        }) {
      assertThat(refusal(outcome).orElseThrow()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR);
    }
  }

  @Test
  void an_agent_that_asked_for_too_many_sessions_opens_no_more_until_one_is_over() {
    List<Session> open = new ArrayList<>();
    for (int i = 0; i < Stage.OPEN_SESSIONS_MAX; i++) {
      open.add(stage.pending());
    }
    int audited = stage.audit.size();

    assertThat(refusal(stage.open.open(stage.alice, stage.request(stage.bob))))
        .contains(ErrorCode.A2A_SESSION_QUOTA_EXCEEDED);
    assertThat(stage.audit).hasSize(audited);
    done(stage.open.open(stage.bob, stage.request(stage.alice)));

    done(stage.close.close(open.get(0).id(), stage.bob));
    stage.pending();
    assertThat(refusal(stage.open.open(stage.alice, stage.request(stage.bob))))
        .contains(ErrorCode.A2A_SESSION_QUOTA_EXCEEDED);
    stage.now = open.get(1).expiresAt();
    stage.pending();
  }
}
