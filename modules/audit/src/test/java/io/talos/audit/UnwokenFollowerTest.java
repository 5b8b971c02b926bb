package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.LogCursor;
import io.talos.audit.event.Samples;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import io.talos.runtime.waiting.Readers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the log waits though something came, or hears on though she was revoked. */
class UnwokenFollowerTest {
  private static final int PLACES = 10;

  @TempDir Path folder;
  private final WaitingFollowers followers = new WaitingFollowers();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Instant now = Samples.NOW;
  private boolean revoked;
  private AuditStage stage;
  private AwaitEvents awaitEvents;

  /** Keeps what a follower was answered with. */
  private static final class Told implements AwaitEvents.Answer {
    private final List<String> answers = new ArrayList<>();

    @Override
    public void give(Reading<FollowLog.Page> reading) {
      answers.add(reading.match(page -> page.events().size() + " events", ErrorCode::name));
    }

    @Override
    public void fail(RuntimeException fault) {
      answers.add(String.valueOf(fault.getMessage()));
    }
  }

  @BeforeEach
  void a_node() {
    stage = new AuditStage(folder);
    followers.begin(new Readers(PLACES, tasks::add, () -> now));
    AgentDirectory agents =
        did ->
            revoked
                ? Optional.empty()
                : Optional.of(
                    new AgentDirectory.Agent(did, Samples.key(1).publicKey(), true, Samples.NOW));
    awaitEvents = new AwaitEvents(stage.followLog(), followers, agents, () -> now);
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private Told follows(Principal reader, Duration most) {
    Told told = new Told();
    long end = stage.rows.leaves.size();
    awaitEvents.await(
        new AwaitEvents.Wish(EventFilter.all(), 5, 10, reader), new LogCursor(1, end), most, told);
    work();
    return told;
  }

  private void acts(int count) {
    stage.acts(count);
    stage.sequence();
    followers.get().wakeAll();
    work();
  }

  @Test
  void a_follower_is_answered_once_by_what_came_or_at_its_very_end_with_nothing() {
    Told answered = follows(Samples.bob(), Duration.ofSeconds(30));
    Told impatient = follows(Samples.bob(), Duration.ZERO);
    assertThat(answered.answers).isEmpty();
    assertThat(impatient.answers).containsExactly("0 events");

    acts(1);
    acts(1);
    assertThat(answered.answers).containsExactly("1 events");

    Told empty = follows(Samples.bob(), Duration.ofSeconds(3));
    now = now.plus(Duration.ofSeconds(3)).minusMillis(1);
    followers.get().tick(now);
    work();
    assertThat(empty.answers).isEmpty();
    now = now.plusMillis(1);
    followers.get().tick(now);
    work();
    assertThat(empty.answers).containsExactly("0 events");
  }

  @Test
  void anothers_event_wakes_nobody_up() {
    Told mallorys = follows(Samples.mallory(), Duration.ofSeconds(30));
    acts(1);
    assertThat(mallorys.answers).isEmpty();

    stage.write(Samples.act("a.b"), Samples.request(Samples.mallory()));
    acts(0);
    assertThat(mallorys.answers).containsExactly("1 events");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void who_is_revoked_while_she_waits_hears_nothing_any_more() {
    Told told = follows(Samples.bob(), Duration.ofSeconds(30));
    revoked = true;
    acts(1);

    assertThat(told.answers).containsExactly("AUTH_REVOKED");
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void places_are_bounded_and_free_again_afterwards() {
    List<Told> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(follows(Samples.bob(), Duration.ofSeconds(30)));
    }
    assertThat(follows(Samples.bob(), Duration.ofSeconds(30)).answers)
        .containsExactly("AUDIT_TOO_MANY_READERS");

    acts(1);

    assertThat(waiting).allMatch(told -> told.answers.equals(List.of("1 events")));
    assertThat(followers.get().count()).isZero();
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void a_follower_that_fell_behind_while_it_was_away_is_told_so_at_once() {
    acts(6);
    Told told = new Told();
    awaitEvents.await(
        new AwaitEvents.Wish(EventFilter.all(), 5, 10, Samples.bob()),
        new LogCursor(1, 0),
        Duration.ofSeconds(30),
        told);

    assertThat(told.answers).containsExactly("AUDIT_SLOW_CONSUMER");
    assertThat(followers.get().count()).isZero();
  }

  @Test
  void a_node_that_ends_answers_those_who_wait() {
    Told told = follows(Samples.bob(), Duration.ofSeconds(30));

    followers.get().close();

    assertThat(told.answers).containsExactly("0 events");
  }
}
