package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.OperatorClient;
import io.talos.client.Reply;
import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory asks two servers at once, in the hope that each counts for itself. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class TwoNodesLimitsIT {
  private static final int CALLERS = 24;
  private static final int CALLS = 7;
  private static final int RACES = Counts.of(3, 50);
  private static final long PRICE = 300;
  private static final int ONE_TIME_PREKEYS = 5;
  private static final int CLAIMERS = 12;
  private static final int BURST = 40;
  private static final int PER_SECOND = 20;
  private static final int CALLS_OF_EACH = 8;

  private final TwoNodes nodes;
  private final Stack stack;
  private final Notes notes;

  TwoNodesLimitsIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
    this.notes = stack.notes();
  }

  @Test
  void two_servers_together_admit_exactly_as_many_calls_as_the_capability_says()
      throws InterruptedException, ExecutionException {
    for (int race = 0; race < RACES; race++) {
      Identity bob = Agents.registered(stack);
      UnverifiedCapability limited = notes.grant(bob, 0, CALLS);
      McpSession session = notes.session(bob, limited);
      long before = notes.reached().calls().getOrDefault(Notes.WRITE, 0L);
      String note = Notes.freshNote();
      List<PreparedRequest> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(nodes.to(i, session.prepareCall(Notes.WRITE, Notes.note(note, "raced"))));
      }

      List<Reply<Answer>> replies = AtOnce.each(calls, call -> stack.client().send(call));

      assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(CALLS);
      replies.stream()
          .filter(Reply.Refused.class::isInstance)
          .forEach(reply -> Replies.refused(reply, ErrorCode.CAPABILITY_EXHAUSTED));
      assertThat(notes.reached().calls().getOrDefault(Notes.WRITE, 0L) - before).isEqualTo(CALLS);
      assertThat(used(limited, "calls")).isEqualTo(CALLS);
    }
    Proofs.tell("call limits raced at two servers, each met exactly", RACES);
    Proofs.tell("calls tried in those races", (long) RACES * CALLERS);
  }

  private long used(UnverifiedCapability capability, String kind) {
    return stack.count(
        "select coalesce(sum(used), 0) from policy.allowance where kind = '"
            + kind
            + "' and link_hash = decode('"
            + capability.leaf().hash().hex()
            + "', 'hex')");
  }

  @Test
  void two_servers_together_spend_no_more_than_the_capability_says()
      throws InterruptedException, ExecutionException {
    String paid = "paid-" + Notes.freshId();
    Replies.granted(
        stack
            .operator()
            .registerMcpServer(
                paid, stack.launcher().notes().uri(), Optional.of("system-tests-notes"), PRICE));
    for (int race = 0; race < RACES; race++) {
      Identity bob = Agents.registered(stack);
      UnverifiedCapability limited =
          Attenuation.of(
                  Replies.value(
                      stack
                          .operator()
                          .grant(
                              new OperatorClient.Grant(
                                  Did.parse(bob.did()),
                                  List.of(Scope.ofTool(paid)),
                                  Notes.now().plusSeconds(600),
                                  1,
                                  OptionalLong.empty()))),
                  Did.parse(bob.did()))
              .withSpendMicroUsd(CALLS * PRICE + PRICE - 1)
              .signedBy(bob.signing(), Notes.freshId(), Notes.now());
      McpSession session = Replies.value(stack.client().agent(bob).mcp(paid, limited));
      List<PreparedRequest> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(nodes.to(i, session.prepareCall(Notes.READ, Notes.id("nothing"))));
      }

      List<Reply<Answer>> replies = AtOnce.each(calls, call -> stack.client().send(call));

      assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(CALLS);
      replies.stream()
          .filter(Reply.Refused.class::isInstance)
          .forEach(reply -> Replies.refused(reply, ErrorCode.CAPABILITY_EXHAUSTED));
      assertThat(used(limited, "spend")).isEqualTo(CALLS * PRICE);
    }
    Proofs.tell("money limits raced at two servers, none passed", RACES);
  }

  @Test
  void a_limit_that_redis_forgot_between_the_servers_is_not_met_twice() {
    Identity bob = Agents.registered(stack);
    UnverifiedCapability limited = notes.grant(bob, 0, 2);
    Replies.granted(stack.client().send(nodes.toSecond(write(bob, limited))));

    stack.launcher().redis().kill();
    stack.launcher().redis().start();
    for (Http node : nodes.both()) {
      Patiently.until("ready again", () -> node.get("/health/ready").status() == 200);
    }

    Patiently.until(
        "the second call is admitted",
        () -> stack.client().send(write(bob, limited)) instanceof Reply.Granted);
    for (int node = 0; node < 2; node++) {
      Replies.refused(
          stack.client().send(nodes.to(node, write(bob, limited))), ErrorCode.CAPABILITY_EXHAUSTED);
    }
    assertThat(used(limited, "calls")).isEqualTo(2);
  }

  private PreparedRequest write(Identity bob, UnverifiedCapability capability) {
    return notes
        .session(bob, capability)
        .prepareCall(Notes.WRITE, Notes.note(Notes.freshNote(), "limited"));
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void asking_two_servers_does_not_double_the_rate()
      throws InterruptedException, ExecutionException {
    Identity mallory = Agents.registered(stack);
    List<Integer> callers = IntStream.range(0, CALLERS).boxed().toList();
    long start = System.nanoTime();

    List<Reply<Answer>> replies =
        AtOnce.each(
                callers,
                caller ->
                    IntStream.range(0, CALLS_OF_EACH)
                        .mapToObj(i -> whoami(caller, mallory))
                        .toList())
            .stream()
            .flatMap(List::stream)
            .toList();

    double seconds = (System.nanoTime() - start) / 1e9;
    long granted = replies.stream().filter(Reply.Granted.class::isInstance).count();
    assertThat(granted).isBetween((long) BURST, (long) (BURST + PER_SECOND * seconds + 1));
    replies.stream()
        .filter(Reply.Refused.class::isInstance)
        .forEach(reply -> Replies.refused(reply, ErrorCode.RATE_LIMITED));
  }

  private Reply<Answer> whoami(int node, Identity agent) {
    PreparedRequest request =
        stack
            .client()
            .agent(agent)
            .prepare("GET", "/identity/whoami", Optional.empty(), Bytes.empty());
    return stack.client().send(nodes.to(node, request));
  }

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void claimers_at_two_servers_never_get_the_same_one_time_prekey()
      throws InterruptedException, ExecutionException {
    Identity bob =
        Agents.registered(stack)
            .withFreshPrekeys(ONE_TIME_PREKEYS, Randomness.secure(), Notes.now());
    Replies.granted(stack.client().agent(bob).publishPrekeys(bob));
    List<PreparedRequest> claims = new ArrayList<>();
    for (int i = 0; i < CLAIMERS; i++) {
      Identity claimer = Agents.registered(stack);
      claims.add(
          nodes.to(
              i,
              stack
                  .client()
                  .agent(claimer)
                  .prepare(
                      "POST",
                      "/identity/agents/" + bob.did() + "/prekeys/claim",
                      Optional.empty(),
                      Bytes.empty())));
    }

    List<Reply<Answer>> replies = AtOnce.each(claims, claim -> stack.client().send(claim));

    List<String> handedOut = new ArrayList<>();
    for (Reply<Answer> reply : replies) {
      PrekeyBundle.fromJson(Replies.value(reply).json())
          .oneTimePrekey()
          .ifPresent(prekey -> handedOut.add(prekey.id()));
    }
    assertThat(handedOut)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(bob.prekeys().oneTime().keySet());
  }

  @Test
  @Threat("T-REPLAY-01")
  void a_wish_with_one_idempotency_key_is_carried_out_once_by_two_servers()
      throws InterruptedException, ExecutionException {
    Http first = nodes.first();
    String name = "idempotent-" + Notes.freshId();
    String body = Json.createObjectBuilder().add("name", name).build().toString();

    List<Http.Answer> answers =
        AtOnce.each(
            IntStream.range(0, CLAIMERS).boxed().toList(),
            turn -> {
              Http http = nodes.both().get(turn % 2);
              return http.send(
                  first
                      .request("POST", "/identity/keys")
                      .bearer(stack.operatorToken())
                      .header("Idempotency-Key", name)
                      .json(body));
            });

    assertThat(stack.count("select count(*) from identity.virtual_key where name = '" + name + "'"))
        .isEqualTo(1);
    List<Http.Answer> done = answers.stream().filter(a -> a.status() == 201).toList();
    assertThat(done).hasSize(1);
    answers.stream()
        .filter(a -> a.status() != 201)
        // An answer that holds a fresh key is not kept for a second reader.
        .forEach(
            a ->
                assertThat(a.code()).isIn("IDEMPOTENCY_IN_PROGRESS", "IDEMPOTENT_ANSWER_NOT_KEPT"));
  }
}
