package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.crypto.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server is killed in the middle of its work; what it acknowledged must still be true. */
@OnTheStack
class KilledServerIT {
  private static final int CALLERS = 6;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 60;
  private static final int AGENTS_MAX = 5000;

  private final Stack stack;
  private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean stop = new AtomicBoolean();

  KilledServerIT(Stack stack) {
    this.stack = stack;
  }

  @AfterEach
  void the_server_runs_again() {
    stop.set(true);
    if (!stack.launcher().liberty().isRunning()) {
      stack.launcher().liberty().start();
    }
  }

  private void registerAgents() {
    for (int i = 0; i < AGENTS_MAX && !stop.get(); i++) {
      Identity agent = Identity.generate(Randomness.secure());
      try {
        if (stack.client().agent(agent).register(Optional.empty()) instanceof Reply.Granted<?>) {
          acknowledged.add(agent.did());
        }
      } catch (RuntimeException killed) {
        // The connection broke: nothing was acknowledged, and nothing is claimed about it.
        return;
      }
    }
  }

  @Test
  void no_acknowledged_registration_and_no_event_is_lost_and_the_tree_goes_on()
      throws InterruptedException {
    String checkpointBefore = stack.http().get("/audit/log/checkpoint").text();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      callers.execute(this::registerAgents);
    }
    Patiently.until(
        "enough is acknowledged", () -> acknowledged.size() >= ACKNOWLEDGED_BEFORE_THE_KILL);

    stack.launcher().liberty().kill();
    stop.set(true);
    callers.shutdown();
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    stack.launcher().liberty().start();

    Set<String> registered = new HashSet<>(stack.column("select did from identity.agent"));
    assertThat(registered).containsAll(acknowledged);
    Set<String> told =
        new HashSet<>(
            stack.column(
                "select event::json -> 'resource' ->> 'id' from audit.event"
                    + " where kind = 'agent.registered'"));
    assertThat(told).containsExactlyInAnyOrderElementsOf(registered);
    Patiently.until(
        "no event waits for the log", () -> stack.count("select count(*) from audit.outbox") == 0);
    assertThat(stack.count("select count(*) from audit.leaf"))
        .isEqualTo(stack.count("select count(*) from audit.event"));
    assertThat(stack.count("select max(log_seq) + 1 from audit.leaf"))
        .isEqualTo(stack.count("select count(*) from audit.leaf"));
    long before = Long.parseLong(checkpointBefore.split("\n", -1)[1]);
    Patiently.until(
        "the checkpoint covers what was acknowledged",
        () ->
            Long.parseLong(stack.http().get("/audit/log/checkpoint").text().split("\n", -1)[1])
                > before);
  }
}
