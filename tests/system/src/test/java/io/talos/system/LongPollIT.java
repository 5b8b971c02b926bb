package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Those who wait for frames are to be kept waiting, to wait too many, or to outlive their rights.
 */
@OnTheStack
class LongPollIT {
  private static final int PER_AGENT_MAX = 8;

  /** Half as many again as the pool of connections. */
  private static final int CROWD = 30;

  private final Stack stack;
  private final Trail trail;
  private final ExecutorService threads = Executors.newFixedThreadPool(PER_AGENT_MAX);

  LongPollIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Future<Http.Answer> wait(Inbox inbox, int seconds) {
    String cursor = inbox.page(Optional.empty()).cursor();
    return threads.submit(() -> inbox.get("?wait=" + seconds + "&cursor=" + cursor));
  }

  /** Requests of {@code agent} that were let in and are not answered. */
  private long open(Identity agent) {
    return stack.count(
        "select count(*) from audit.open_admission o join audit.event e using (event_id)"
            + " where e.principal_id = '"
            + agent.did()
            + "'");
  }

  @Test
  void a_reader_who_waits_gets_the_frame_at_either_node_and_its_outcome_is_on_record(TwoNodes nodes)
      throws Exception {
    Talk talk = Talk.begun(stack);
    Future<Http.Answer> here = wait(new Inbox(stack, nodes.first(), talk.bob()), 30);
    Future<Http.Answer> there = wait(new Inbox(stack, nodes.second(), talk.bob()), 30);
    Patiently.until("both wait", () -> open(talk.bob()) == 2);

    Replies.granted(talk.alices().send(Bytes.utf8("wake up")));

    for (Future<Http.Answer> waiting : List.of(here, there)) {
      Http.Answer answer = waiting.get();
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(Inbox.page(answer).positions()).containsExactly(1L);
      JsonObject outcome = trail.one(Replies.request(answer), "request.finished");
      assertThat(outcome.getString("result")).isEqualTo("success");
      assertThat(outcome.getJsonObject("principal").getString("id")).isEqualTo(talk.bob().did());
    }
    Patiently.until("nothing is open", () -> open(talk.bob()) == 0);
  }

  @Test
  void a_wait_of_one_session_ends_with_its_frame_and_without_one_with_an_empty_page()
      throws Exception {
    Talk talk = Talk.begun(stack);
    Http http = stack.http();
    Future<Http.Answer> waiting =
        threads.submit(
            () ->
                http.send(
                    http.request("GET", talk.path() + "/frames?wait=30")
                        .signed(stack.baseUri(), talk.bob().signing(), Optional.empty())));
    Patiently.until("it waits", () -> open(talk.bob()) == 1);
    Http.Answer empty = Inbox.of(stack, talk.alice()).get("?wait=1");

    assertThat(empty.status()).isEqualTo(200);
    assertThat(Inbox.page(empty).items()).isEmpty();
    Replies.granted(talk.alices().send(Bytes.utf8("at last")));
    assertThat(Inbox.page(waiting.get()).items()).hasSize(1);
    for (String wait : List.of("31", "-1", "1.5", "x", "")) {
      assertThat(Inbox.of(stack, talk.bob()).get("?wait=" + wait).code())
          .isEqualTo("TALOS_INVALID_INPUT");
    }
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void mallory_does_not_wait_more_often_than_eight_times_and_nobody_else_is_kept_from_waiting()
      throws Exception {
    Talk talk = Talk.begun(stack);
    Inbox mallory = Inbox.of(stack, talk.bob());
    List<Future<Http.Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < PER_AGENT_MAX; i++) {
      waiting.add(wait(mallory, 20));
    }
    Patiently.until("all wait", () -> open(talk.bob()) == PER_AGENT_MAX);

    Http.Answer refused = mallory.get("?wait=20");

    assertThat(refused.code()).isEqualTo("A2A_TOO_MANY_READERS");
    trail.failed(Replies.request(refused), ErrorCode.A2A_TOO_MANY_READERS, talk.bob().did());
    assertThat(mallory.get("?wait=0").status()).isEqualTo(200);
    assertThat(Inbox.of(stack, talk.alice()).get("?wait=1").status()).isEqualTo(200);
    Replies.granted(talk.alices().send(Bytes.utf8("for all eight")));
    for (Future<Http.Answer> each : waiting) {
      assertThat(Inbox.page(each.get()).items()).hasSize(1);
    }
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void more_readers_than_the_server_has_connections_to_its_database_wait_and_keep_nobody_else_out()
      throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
    try {
      List<Talk> talks = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        talks.add(Talk.begun(stack));
      }
      List<Future<Http.Answer>> waiting = new ArrayList<>();
      for (Talk each : talks) {
        waiting.add(crowd.submit(() -> Inbox.of(stack, each.bob()).get("?wait=25")));
      }
      Patiently.until(
          "all wait", () -> talks.stream().mapToLong(each -> open(each.bob())).sum() == CROWD);

      Talk talk = Talk.begun(stack);
      Replies.granted(talk.alices().send(Bytes.utf8("there is room")));
      assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).items()).hasSize(1);

      for (Talk each : talks) {
        Replies.granted(each.alices().send(Bytes.utf8("for you")));
      }
      for (Future<Http.Answer> each : waiting) {
        assertThat(Inbox.page(each.get()).items()).hasSize(1);
      }
    } finally {
      crowd.shutdownNow();
    }
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void who_is_revoked_while_it_waits_gets_no_frame_any_more() throws Exception {
    Talk talk = Talk.begun(stack);
    Future<Http.Answer> waiting = wait(Inbox.of(stack, talk.bob()), 30);
    Patiently.until("it waits", () -> open(talk.bob()) == 1);
    Http http = stack.http();

    Http.Answer revoked =
        http.send(
            http.request("DELETE", "/identity/agents/" + talk.bob().did())
                .bearer(stack.operatorToken()));
    assertThat(revoked.status()).isBetween(200, 204);
    talk.alices().send(Bytes.utf8("too late for Bob"));

    assertThat(waiting.get().code()).isEqualTo("AUTH_REVOKED");
  }
}
