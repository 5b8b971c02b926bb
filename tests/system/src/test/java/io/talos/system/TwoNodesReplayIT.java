package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.registry.Threat;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory copies a request that one server has taken, and brings it to the other. */
@OnTheStack
@Threat("T-REPLAY-01")
class TwoNodesReplayIT {
  private static final int COPIES = 12;
  private static final int RACES = Counts.of(8, 600);

  /** Within the burst of whoami, so that no race is ended by a limit. */
  private static final int RACES_OF_ONE_AGENT = 20;

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final TwoNodes nodes;
  private final Stack stack;
  private final Identity bob;

  TwoNodesReplayIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
    this.bob = Agents.registered(stack);
  }

  private PreparedRequest captured() {
    return captured(bob);
  }

  private PreparedRequest captured(Identity agent) {
    return stack
        .client()
        .agent(agent)
        .prepare("GET", "/identity/whoami", Optional.empty(), Bytes.empty());
  }

  /** A request that Mallory may use for as long as any signature lives. */
  private PreparedRequest longLived() {
    String uri = stack.baseUri() + "/identity/whoami";
    Map<String, String> headers =
        new RequestSigner(bob.signing(), Clock.systemUTC(), Randomness.secure(), LONGEST)
            .sign("GET", uri, Optional.empty(), Optional.empty());
    return new PreparedRequest("GET", URI.create(uri), headers, Bytes.empty());
  }

  @Test
  void a_request_that_one_server_has_taken_is_refused_by_the_other_whichever_was_first() {
    for (int first = 0; first < 2; first++) {
      PreparedRequest request = captured();

      Replies.granted(stack.client().send(nodes.to(first, request)));

      for (int node = 0; node < 2; node++) {
        Replies.refused(stack.client().send(nodes.to(node, request)), ErrorCode.REPLAY_DETECTED);
      }
    }
  }

  @Test
  void of_many_copies_sent_to_both_servers_at_once_one_gets_through()
      throws InterruptedException, ExecutionException {
    Identity agent = bob;
    for (int race = 0; race < RACES; race++) {
      agent = race % RACES_OF_ONE_AGENT == 0 ? Agents.registered(stack) : agent;
      PreparedRequest request = captured(agent);

      List<Reply<Answer>> replies =
          AtOnce.each(
              IntStream.range(0, COPIES).boxed().toList(),
              copy -> stack.client().send(nodes.to(copy, request)));

      assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(1);
      replies.stream()
          .filter(Reply.Refused.class::isInstance)
          .forEach(reply -> Replies.refused(reply, ErrorCode.REPLAY_DETECTED));
    }
    Proofs.tell("races of one signed request at two servers, each won once", RACES);
    Proofs.tell("copies sent in those races", (long) RACES * COPIES);
  }

  @Test
  void a_tool_call_that_is_sent_to_both_servers_reaches_the_tool_once()
      throws InterruptedException, ExecutionException {
    Notes notes = stack.notes();
    UnverifiedCapability bobs = notes.grant(bob, 0);
    long before = notes.reached().calls().getOrDefault(Notes.WRITE, 0L);
    PreparedRequest request =
        notes.session(bob, bobs).prepareCall(Notes.WRITE, Notes.note(Notes.freshNote(), "at both"));

    List<Reply<Answer>> replies =
        AtOnce.each(
            IntStream.range(0, COPIES).boxed().toList(),
            copy -> stack.client().send(nodes.to(copy, request)));

    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(1);
    assertThat(notes.reached().calls().getOrDefault(Notes.WRITE, 0L) - before).isEqualTo(1);
  }

  @Test
  void a_server_that_died_and_came_back_still_knows_what_it_has_taken() {
    PreparedRequest request = longLived();
    Replies.granted(stack.client().send(nodes.toSecond(request)));

    nodes.secondServer().kill();
    nodes.secondServer().start();

    for (int node = 0; node < 2; node++) {
      String code =
          stack.client().send(nodes.to(node, request)).match(ok -> "", no -> no.refusal().code());
      // A start that took a minute has outlived the signature itself.
      assertThat(code).isIn("REPLAY_DETECTED", "AUTH_EXPIRED");
    }
  }

  @Test
  void what_the_second_server_took_before_redis_lost_its_memory_neither_takes_again() {
    PreparedRequest request = longLived();
    Replies.granted(stack.client().send(nodes.toSecond(request)));

    stack.launcher().redis().kill();
    stack.launcher().redis().start();
    for (Http node : nodes.both()) {
      Patiently.until("ready again", () -> node.get("/health/ready").status() == 200);
    }

    for (int node = 0; node < 2; node++) {
      Replies.refused(stack.client().send(nodes.to(node, request)), ErrorCode.AUTH_EXPIRED);
    }
    Patiently.until(
        "new signatures are accepted",
        () -> stack.client().send(nodes.toSecond(captured())) instanceof Reply.Granted);
  }
}
