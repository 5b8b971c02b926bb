package io.talos.bench.http;

import io.talos.client.AgentClient;
import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.OperatorClient;
import io.talos.client.TalosClient;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.launcher.OperatorIssuer;
import io.talos.launcher.TalosStack;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Principals of every kind, known to the server before anything is measured. */
final class Cast {
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  /** Within an operator's burst of grants. */
  private static final int GRANTS_EACH = 20;

  private final TalosStack stack;
  private final URI base;
  private final TalosClient talos;
  private final Randomness randomness = Randomness.secure();

  Cast(TalosStack stack) {
    this.stack = stack;
    this.base = stack.baseUri();
    this.talos = new TalosClient(base);
  }

  /** A session that both sides opened; Alice's side, and who she is. */
  record Session(Identity alice, Channel channel) {}

  /** An agent and the header that shows its capability. */
  record Granted(Identity agent, String capability) {}

  List<Identity> agents(int count) {
    return IntStream.range(0, count).mapToObj(i -> agent()).toList();
  }

  private Identity agent() {
    Identity identity = Identity.generate(randomness);
    talos.agent(identity).register(Optional.empty()).orThrow();
    return identity;
  }

  /** Tokens of as many operators. */
  List<String> tokens(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                stack
                    .issuer()
                    .token(
                        "operator-" + i + "@bench.test",
                        Set.of(OperatorIssuer.OPERATOR_GROUP),
                        TOKEN_LIFETIME))
        .toList();
  }

  /** Agents, each with a capability for the MCP server that the bare application is. */
  List<Granted> granted(String server, int count) {
    List<String> operators = tokens(count / GRANTS_EACH + 1);
    talos.operator(operators.get(0)).registerMcpServer(server, upstream(), Optional.empty());
    return IntStream.range(0, count)
        .mapToObj(i -> granted(server, talos.operator(operators.get(i / GRANTS_EACH))))
        .toList();
  }

  private URI upstream() {
    return base.resolve("/bare/mcp");
  }

  private Granted granted(String server, OperatorClient operator) {
    Identity agent = agent();
    var grant =
        new OperatorClient.Grant(
            Did.parse(agent.did()),
            List.of(Scope.ofTool(server)),
            Clock.systemUTC().instant().plus(TOKEN_LIFETIME).truncatedTo(ChronoUnit.SECONDS),
            0,
            OptionalLong.empty());
    return new Granted(agent, operator.grant(grant).orThrow().header());
  }

  /** Virtual keys, each issued by another operator. */
  List<String> virtualKeys(int count) {
    List<String> keys = new ArrayList<>();
    for (String token : tokens(count)) {
      var request =
          new PreparedRequest(
              "POST",
              base.resolve("/identity/keys"),
              Map.of("authorization", "Bearer " + token, "content-type", "application/json"),
              Bytes.utf8(Json.createObjectBuilder().add("name", "bench").build().toString()));
      keys.add(talos.send(request).orThrow().json().getString("key"));
    }
    return List.copyOf(keys);
  }

  List<Session> sessions(int count) {
    return IntStream.range(0, count).mapToObj(i -> session()).toList();
  }

  private Session session() {
    Identity alice = agent();
    Identity bob = agent().withFreshPrekeys(1, randomness, Clock.systemUTC().instant());
    AgentClient bobs = talos.agent(bob);
    bobs.publishPrekeys(bob).orThrow();
    Channel channel = talos.agent(alice).sessions().open(Did.parse(bob.did())).orThrow();
    bobs.sessions().accept(channel.session(), Did.parse(alice.did())).orThrow();
    return new Session(alice, channel);
  }
}
