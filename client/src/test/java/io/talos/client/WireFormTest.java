package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.X3dh;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the client sends fits the schemas that the server holds it to. */
class WireFormTest {
  private static final UuidV7 SESSION = new UuidV7("01939f8a-7c00-7000-8000-000000000001");

  private final Randomness randomness = Randomness.secure();
  private final SchemaLibrary schemas = new SchemaLibrary();
  private final Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
  private final Identity alice = Identity.generate(randomness);
  private final Identity bob = Identity.generate(randomness).withFreshPrekeys(100, randomness, now);

  /** Sends with {@code act} and holds the body to the schema. */
  private void fits(String schema, Consumer<TalosClient> act) {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange ->
                ScriptedServer.answer(
                    exchange, 400, "application/problem+json", "{\"code\":\"INTERNAL\"}"))) {
      act.accept(new TalosClient(server.uri()));
      assertThat(schemas.violations(schema, json(server.seen().get(0).body())))
          .as(schema)
          .isEmpty();
    }
  }

  private static JsonObject json(String text) {
    return StrictJson.parseObject(Bytes.utf8(text), Limits.REQUEST);
  }

  @Test
  void agents_bodies() {
    fits(
        "identity/agent_register_request.v1",
        talos -> talos.agent(alice).register(Optional.of("Alice")));
    fits(
        "identity/agent_register_request.v1", talos -> talos.agent(bob).register(Optional.empty()));
    fits("identity/prekeys_publish_request.v1", talos -> talos.agent(bob).publishPrekeys(bob));
    UnverifiedCapability capability =
        RootGrant.of(
                Did.parse(alice.did()),
                "http://127.0.0.1",
                List.of(Scope.ofTool("notes")),
                now.plus(Duration.ofHours(1)))
            .signedBy(bob.signing(), SESSION, now);
    fits(
        "policy/revocation_request.v1",
        talos ->
            talos
                .agent(bob)
                .revoke(capability, capability.root().hash(), RevocationReason.COMPROMISED));
  }

  @Test
  void operators_bodies() {
    fits(
        "policy/capability_grant_request.v1",
        talos ->
            talos
                .operator("token")
                .grant(
                    new OperatorClient.Grant(
                        Did.parse(alice.did()),
                        List.of(Scope.ofTool("notes"), Scope.parse("tool:a/method:b")),
                        now.plus(Duration.ofHours(1)),
                        1,
                        OptionalLong.of(3))));
    for (RevocationReason reason : RevocationReason.values()) {
      fits(
          "policy/revocation_request.v1",
          talos -> talos.operator("token").revoke(Bytes.of(new byte[32]), reason));
    }
    fits(
        "secrets/secret_put_request.v1",
        talos -> talos.operator("token").putSecret("s", SecretBytes.utf8("v")));
    fits(
        "gateway/mcp_server_registration.v1",
        talos ->
            talos
                .operator("token")
                .registerMcpServer(
                    "notes", URI.create("http://127.0.0.1:9090/mcp"), Optional.of("s")));
  }

  @Test
  void a_session_and_its_frames() {
    Prekeys stock = bob.prekeys();
    PrekeyBundle bundle =
        new PrekeyBundle(
            stock.identity().certified(),
            stock.newest().orElseThrow(),
            Optional.empty(),
            stock.lastResort(),
            List.of());
    X3dh.Opened opened = X3dh.open(alice.channel(), bob.did(), bundle, randomness, now);
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              boolean claim = exchange.getRequestURI().getPath().endsWith("/claim");
              ScriptedServer.answer(
                  exchange,
                  claim ? 200 : 201,
                  "application/json",
                  claim ? bundle.toJson().toString() : "{\"session_id\":\"" + SESSION + "\"}");
            })) {
      Channel channel =
          new TalosClient(server.uri())
              .agent(alice)
              .sessions()
              .open(Did.parse(bob.did()))
              .orThrow();
      Frame frame = channel.seal(Bytes.utf8("hello"));
      channel.submit(frame).orThrow();

      assertThat(
              schemas.violations(
                  "a2a/session_create_request.v1", json(server.seen().get(1).body())))
          .isEmpty();
      assertThat(schemas.violations("a2a/frame_send_request.v1", json(server.seen().get(2).body())))
          .isEmpty();
    }
    Calls calls =
        new Calls(
            new io.talos.client.http.Transport(),
            URI.create("http://127.0.0.1:1"),
            Credential.none());
    Channel sealing =
        new Channel(
            calls,
            alice,
            SESSION,
            io.talos.contracts.did.KeyHistory.of(Did.parse(bob.did())),
            opened.state(),
            Clock.systemUTC(),
            randomness);
    assertThat(sealing.seal(Bytes.utf8("a")).content().senderSeq()).isZero();
    assertThat(sealing.seal(Bytes.utf8("b")).content().senderSeq()).isEqualTo(1);
  }
}
