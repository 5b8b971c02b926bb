package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.OperatorClient;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent uses a tool that only the gateway has the key to. */
@OnTheStack
class ToolCallIT {
  private final Stack stack;
  private final Notes notes;
  private final Trail trail;
  private final Identity bob;
  private final UnverifiedCapability bobs;

  ToolCallIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    this.trail = new Trail(stack);
    this.bob = Agents.registered(stack);
    this.bobs = notes.grant(bob, 1);
  }

  @Test
  void bob_writes_a_note_and_alice_reads_it() {
    Identity alice = Agents.registered(stack);
    String note = Notes.freshNote();

    var written =
        Replies.granted(
            notes.session(bob, bobs).callTool(Notes.WRITE, Notes.note(note, "Bob was here")));
    var read =
        Replies.value(
            notes
                .session(alice, notes.passedOn(bobs, bob, alice, Notes.READ))
                .callTool(Notes.READ, Notes.id(note)));

    assertThat(written.value().failed()).isFalse();
    assertThat(read.text()).isEqualTo("Bob was here");
    JsonObject admission =
        trail.one(written.receipt().requestId().orElseThrow(), "request.admitted");
    assertThat(admission.getString("event_id")).isEqualTo(Replies.admission(written).text());
    assertThat(admission.getJsonObject("meta").getString("tool")).isEqualTo(Notes.WRITE);
    assertThat(admission.getJsonObject("resource").getString("id")).isEqualTo(notes.server());
  }

  @Test
  void a_tool_that_fails_says_so_and_stays_a_success_of_the_gateway() {
    var missing =
        Replies.value(notes.session(bob, bobs).callTool(Notes.READ, Notes.id("never-written")));

    assertThat(missing.failed()).isTrue();
  }

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void the_upstream_sees_no_credential_of_bobs_and_bob_none_of_the_gateways() {
    McpSession session = notes.session(bob, bobs);
    PreparedRequest request =
        session
            .prepareCall(Notes.READ, Notes.id("nothing"))
            .withHeader("cookie", "bobs=own")
            .withHeader("talos-anything", "bobs");

    Answer answer = Replies.value(stack.client().send(request));

    assertThat(request.headers().keySet()).contains("signature", "talos-capability");
    assertThat(stack.launcher().notes().headerNames())
        .contains("authorization", "mcp-session-id")
        .noneMatch(name -> name.startsWith("talos-") || name.startsWith("signature"))
        .doesNotContain("cookie", "content-digest", "x-forwarded-for", "forwarded");
    String credential = stack.launcher().notes().credential();
    assertThat(answer.body().utf8()).doesNotContain(credential);
    assertThat(answer.headers().toString()).doesNotContain(credential);
    assertThat(answer.headers()).doesNotContainKeys("authorization", "set-cookie");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void bobs_mcp_session_is_none_in_mallorys_hands() {
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability mallorys = notes.grant(mallory, 0);
    String bobsSession =
        notes
            .session(bob, bobs)
            .prepareCall(Notes.READ, Notes.id("x"))
            .headers()
            .getOrDefault("mcp-session-id", "");
    assertThat(bobsSession).isNotEmpty();
    Notes.Reached before = notes.reached();

    for (String guess : List.of(bobsSession, "made-up", bobsSession + "A")) {
      Refusal refusal =
          Replies.refused(
              stack
                  .client()
                  .send(
                      notes
                          .call(mallory, mallorys, Notes.WRITE, Notes.note("x", "mine"))
                          .withHeader("mcp-session-id", guess)),
              ErrorCode.NOT_FOUND);
      trail.failed(Replies.request(refusal), ErrorCode.NOT_FOUND, mallory.did());
    }
    assertThat(notes.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "[]",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"file:///etc/passwd\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call \"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"extra\":1}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"write_note\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"../x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
      })
  void what_is_not_one_message_that_a_capability_can_speak_of_is_refused(String body) {
    Notes.Reached before = notes.reached();

    Reply<Answer> reply = stack.client().send(notes.raw(bob, Optional.of(bobs), body));

    Replies.refused(reply, ErrorCode.MCP_PROTOCOL);
    assertThat(notes.reached()).isEqualTo(before);
  }

  private UnverifiedCapability forServer(String server) {
    return Replies.value(
        stack
            .operator()
            .grant(
                new OperatorClient.Grant(
                    Did.parse(bob.did()),
                    List.of(Scope.ofTool(server)),
                    Notes.now().plusSeconds(600),
                    0,
                    OptionalLong.empty())));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void an_upstream_that_is_down_is_told_apart_and_stands_in_the_log() throws IOException {
    String server = "down-" + Notes.freshId();
    Replies.granted(
        stack
            .operator()
            .registerMcpServer(
                server, URI.create("http://127.0.0.1:" + freePort() + "/mcp"), Optional.empty()));

    Reply<McpSession> reply = stack.client().agent(bob).mcp(server, forServer(server));

    Refusal refusal = Replies.refused(reply, ErrorCode.UPSTREAM_UNAVAILABLE);
    assertThat(refusal.status()).isEqualTo(502);
    trail.failed(Replies.request(refusal), ErrorCode.UPSTREAM_UNAVAILABLE, bob.did());
  }

  @Test
  void a_server_that_nobody_registered_is_not_found() {
    String server = "none-" + Notes.freshId();

    Reply<McpSession> reply = stack.client().agent(bob).mcp(server, forServer(server));

    Replies.refused(reply, ErrorCode.MCP_SERVER_NOT_FOUND);
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void the_outcome_event_holds_the_digest_of_exactly_what_bob_got() {
    Answer answer =
        Replies.value(
            stack
                .client()
                .send(notes.session(bob, bobs).prepareCall(Notes.READ, Notes.id("nothing"))));

    JsonObject outcome =
        trail
            .events(
                "kind = 'request.finished' and admission_id = '"
                    + answer.header("talos-admission").orElseThrow()
                    + "'")
            .get(0);
    JsonObject meta = outcome.getJsonObject("meta");
    assertThat(meta.getString("response_sha256")).isEqualTo(Sha256.hex(answer.body()));
    assertThat(meta.getInt("response_bytes")).isEqualTo(answer.body().size());
    assertThat(meta.getInt("upstream_status")).isEqualTo(200);
    assertThat(outcome.getString("result")).isEqualTo("success");
  }

  @Test
  void an_address_that_is_never_meant_cannot_be_registered() {
    for (String url : List.of("http://169.254.169.254/mcp", "http://0.0.0.0/mcp")) {
      Replies.refused(
          stack
              .operator()
              .registerMcpServer("bad-" + Notes.freshId(), URI.create(url), Optional.empty()),
          ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN);
    }
  }

  @Test
  void no_agent_puts_a_server_behind_the_gateway() {
    Http http = stack.http();
    String name = "mine-" + Notes.freshId();

    Http.Answer answer =
        http.send(
            http.request("POST", "/gateway/mcp-servers")
                .json(
                    Json.createObjectBuilder()
                        .add("name", name)
                        .add("url", "http://127.0.0.1:1/mcp")
                        .build()
                        .toString())
                .signed(stack.baseUri(), bob.signing(), Optional.empty()));

    assertThat(answer.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(stack.count("select count(*) from gateway.mcp_server where name = '" + name + "'"))
        .isZero();
  }
}
