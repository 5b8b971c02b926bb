package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.OperatorClient;
import io.talos.client.Reply;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The aim: to spend more of somebody's money than they allowed. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class SpendLimitIT {
  private static final long PRICE = 300;
  private static final String SECRET = "system-tests-paid-notes";

  private final Stack stack;
  private final Notes notes;
  private final String server;

  SpendLimitIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    var launched = stack.launcher().notes();
    OperatorClient operator = stack.operator();
    Replies.granted(operator.putSecret(SECRET, SecretBytes.utf8(launched.credential())));
    this.server = "paid-" + Notes.freshId();
    Replies.granted(operator.registerMcpServer(server, launched.uri(), Optional.of(SECRET), PRICE));
  }

  private UnverifiedCapability alices(Identity alice) {
    return Replies.value(
        stack
            .operator()
            .grant(
                new OperatorClient.Grant(
                    Did.parse(alice.did()),
                    List.of(Scope.ofTool(server)),
                    Notes.now().plus(Duration.ofMinutes(30)),
                    1,
                    OptionalLong.empty())));
  }

  private static UnverifiedCapability limited(
      UnverifiedCapability chain, Identity holder, Identity to, long microUsd) {
    return Attenuation.of(chain, Did.parse(to.did()))
        .withSpendMicroUsd(microUsd)
        .signedBy(holder.signing(), Notes.freshId(), Notes.now());
  }

  private McpSession session(Identity agent, UnverifiedCapability capability) {
    return Replies.value(stack.client().agent(agent).mcp(server, capability));
  }

  private long spent(UnverifiedCapability chain) {
    return stack.count(
        "select coalesce(sum(used), 0) from policy.allowance where kind = 'spend'"
            + " and link_hash = decode('"
            + chain.leaf().hash().hex()
            + "', 'hex')");
  }

  @Test
  void bob_spends_what_alice_allowed_and_not_a_call_more_however_many_at_once()
      throws InterruptedException, ExecutionException {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    UnverifiedCapability bobs = limited(alices(alice), alice, bob, 3 * PRICE + PRICE / 2);
    McpSession session = session(bob, bobs);
    long before = notes.reached().calls().getOrDefault(Notes.READ, 0L);

    List<Reply<McpSession.ToolResult>> replies =
        AtOnce.each(
            Stream.generate(() -> session).limit(12).toList(),
            s -> s.callTool(Notes.READ, Notes.id("nothing")));

    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(3);
    replies.stream()
        .filter(Reply.Refused.class::isInstance)
        .forEach(reply -> Replies.refused(reply, ErrorCode.CAPABILITY_EXHAUSTED));
    assertThat(notes.reached().calls().getOrDefault(Notes.READ, 0L) - before).isEqualTo(3);
    assertThat(spent(bobs)).isEqualTo(3 * PRICE);
  }

  @Test
  void a_limit_below_the_price_of_one_call_allows_none() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    UnverifiedCapability bobs = limited(alices(alice), alice, bob, PRICE - 1);

    Replies.refused(
        session(bob, bobs).callTool(Notes.READ, Notes.id("nothing")),
        ErrorCode.CAPABILITY_EXHAUSTED);
    assertThat(spent(bobs)).isZero();
  }
}
