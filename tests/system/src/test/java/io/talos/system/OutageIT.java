package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.crypto.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postgres or Redis goes away and comes back; nobody restarts Talos. */
@OnTheStack
class OutageIT {
  private static final int CALLERS = 40;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

  private final Stack stack;
  private final Http http;

  OutageIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
  }

  @AfterEach
  void everything_is_back() {
    if (!stack.launcher().postgres().isPrimaryRunning()) {
      stack.launcher().postgres().startPrimary();
    }
    if (!stack.launcher().redis().isRunning()) {
      stack.launcher().redis().start();
    }
    Patiently.until("ready again", () -> http.get("/health/ready").status() == 200);
  }

  private Http.Answer whoami() {
    return http.send(http.request("GET", "/identity/whoami").bearer(stack.operatorToken()));
  }

  private void callersAreAnsweredQuickly(String code) throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<Http.Answer>> answers = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < CALLERS; i++) {
        answers.add(callers.submit(this::whoami));
      }
      for (Future<Http.Answer> each : answers) {
        Http.Answer answer = each.get();
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers()).containsKey("retry-after");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_ANSWER);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void without_postgres_every_request_is_refused_quickly_and_nothing_acknowledged_is_lost()
      throws InterruptedException {
    Identity alice = Agents.registered(stack);

    stack.launcher().postgres().killPrimary();

    Http.Answer ready = http.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text()).contains("postgres");
    assertThat(http.get("/health/live").status()).isEqualTo(200);
    callersAreAnsweredQuickly("DATABASE_UNAVAILABLE");
    Reply<?> refused =
        stack.client().agent(Identity.generate(Randomness.secure())).register(Optional.empty());
    assertThat(refused).isInstanceOf(Reply.Refused.class);

    stack.launcher().postgres().startPrimary();
    Patiently.until("ready again", () -> http.get("/health/ready").status() == 200);
    Patiently.until("served again", () -> whoami().status() == 200);
    assertThat(stack.client().agent(alice).whoami()).isInstanceOf(Reply.Granted.class);
  }

  @Test
  void without_redis_every_request_is_refused_because_nothing_is_admitted_unmetered()
      throws InterruptedException {
    stack.launcher().redis().kill();

    Http.Answer ready = http.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text()).contains("redis");
    callersAreAnsweredQuickly("REDIS_UNAVAILABLE");

    stack.launcher().redis().start();
    Patiently.until("ready again", () -> http.get("/health/ready").status() == 200);
    Patiently.until("served again", () -> whoami().status() == 200);
  }

  @Test
  void a_signature_made_before_redis_lost_its_memory_is_refused_afterwards() {
    Identity alice = Agents.registered(stack);
    Http.Request captured =
        http.request("GET", "/identity/whoami")
            .signed(stack.baseUri(), alice.signing(), Optional.empty());
    assertThat(http.send(captured).status()).isEqualTo(200);

    stack.launcher().redis().kill();
    stack.launcher().redis().start();
    Patiently.until("ready again", () -> http.get("/health/ready").status() == 200);

    // Redis cannot remember the nonce any more, so everything signed before it came back is over.
    assertThat(http.send(captured).code()).isEqualTo("AUTH_EXPIRED");
  }
}
