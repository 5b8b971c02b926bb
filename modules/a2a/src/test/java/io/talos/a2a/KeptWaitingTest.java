package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.Session;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Readers are kept waiting, are answered twice, or stay when they should go. */
@Threat("T-NETWORKDOS-01")
class KeptWaitingTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();

  private void sends(long number) {
    done(stage.sends(stage.aliceKey, session.id(), number));
    stage.waiting.get().wake(stage.bob);
    stage.work();
  }

  private Polled polls(Duration most) {
    Polled polled = new Polled();
    stage.await.await(
        stage.bob,
        most,
        cursor -> stage.inbox.fetch(stage.bob, cursor, 10),
        Optional.empty(),
        polled);
    stage.work();
    return polled;
  }

  /** Keeps what a poll was answered with. */
  private static final class Polled implements AwaitPage.Answer<FramePage> {
    private final List<Outcome<FramePage>> answers = new ArrayList<>();

    @Override
    public void give(Outcome<FramePage> outcome) {
      answers.add(outcome);
    }

    @Override
    public void fail(RuntimeException fault) {
      throw fault;
    }
  }

  @Test
  void a_poll_is_answered_once_by_a_frame_or_at_its_very_end_with_nothing() {
    Polled answered = polls(Duration.ofSeconds(30));
    Polled impatient = polls(Duration.ZERO);
    assertThat(answered.answers).isEmpty();
    assertThat(done(impatient.answers.get(0)).frames()).isEmpty();
    sends(0);
    sends(1);
    assertThat(answered.answers).hasSize(1);
    assertThat(done(answered.answers.get(0)).frames()).hasSize(1);

    done(
        stage.acknowledge.acknowledge(
            stage.bob, done(polls(Duration.ZERO).answers.get(0)).nextCursor()));
    Polled empty = polls(Duration.ofSeconds(3));
    stage.after(Duration.ofSeconds(3).minusMillis(1));
    assertThat(empty.answers).isEmpty();
    stage.after(Duration.ofMillis(1));
    assertThat(done(empty.answers.get(0)).frames()).isEmpty();
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void who_is_revoked_while_it_waits_gets_nothing_any_more() {
    Polled polled = polls(Duration.ofSeconds(30));
    stage.register(stage.bobKey, false);
    sends(0);

    assertThat(refusal(polled.answers.get(0))).contains(ErrorCode.AUTH_REVOKED);
  }
}
