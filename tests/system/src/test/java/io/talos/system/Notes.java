package io.talos.system;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.OperatorClient;
import io.talos.client.Reply;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** The notes server behind the gateway: who may reach it, and what really reached it. */
final class Notes {
  static final String READ = "read_note";
  static final String WRITE = "write_note";

  private static final String SECRET = "system-tests-notes";
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final AtomicInteger NOTES = new AtomicInteger();
  private static final UuidV7Generator IDS = new UuidV7Generator(Randomness.secure());

  private final Stack stack;
  private final String server;

  private Notes(Stack stack, String server) {
    this.stack = stack;
    this.server = server;
  }

  /** Registers it under a name that says its port: an earlier run may have had another. */
  static Notes behindTheGateway(Stack stack) {
    var launched = stack.launcher().notes();
    OperatorClient operator = stack.operator();
    Replies.granted(operator.putSecret(SECRET, SecretBytes.utf8(launched.credential())));
    String name = "notes-" + launched.uri().getPort();
    Reply<JsonObject> reply = operator.registerMcpServer(name, launched.uri(), Optional.of(SECRET));
    if (reply instanceof Reply.Refused<JsonObject>) {
      Replies.refused(reply, ErrorCode.MCP_SERVER_EXISTS);
    }
    return new Notes(stack, name);
  }

  static Instant now() {
    return Clock.systemUTC().instant();
  }

  static UuidV7 freshId() {
    return IDS.next(now());
  }

  String server() {
    return server;
  }

  Scope whole() {
    return Scope.ofTool(server);
  }

  Scope tool(String name) {
    return new Scope(server, Optional.of(name), Optional.empty());
  }

  OperatorClient.Grant wish(Identity subject, int depth, OptionalLong calls) {
    return new OperatorClient.Grant(
        Did.parse(subject.did()), List.of(whole()), now().plus(LIFETIME), depth, calls);
  }

  /** All of the server, to be passed on at most {@code depth} times. */
  UnverifiedCapability grant(Identity subject, int depth) {
    return Replies.value(stack.operator().grant(wish(subject, depth, OptionalLong.empty())));
  }

  UnverifiedCapability grant(Identity subject, int depth, long calls) {
    return Replies.value(stack.operator().grant(wish(subject, depth, OptionalLong.of(calls))));
  }

  /** {@code holder}'s capability passed on to {@code to}, for one tool. */
  UnverifiedCapability passedOn(
      UnverifiedCapability chain, Identity holder, Identity to, String tool) {
    return Attenuation.of(chain, Did.parse(to.did()))
        .withScope(List.of(tool(tool)))
        .signedBy(holder.signing(), freshId(), now());
  }

  McpSession session(Identity agent, UnverifiedCapability capability) {
    return Replies.value(stack.client().agent(agent).mcp(server, capability));
  }

  /** A signed call without an MCP session: good enough to be refused, or to be refused nothing. */
  PreparedRequest call(
      Identity agent, UnverifiedCapability capability, String tool, JsonObject arguments) {
    return message(agent, Optional.of(capability), "tools/call", params(tool, arguments));
  }

  PreparedRequest message(
      Identity agent, Optional<UnverifiedCapability> capability, String method, JsonObject params) {
    return raw(agent, capability, rpc(method, params).toString());
  }

  PreparedRequest raw(Identity agent, Optional<UnverifiedCapability> capability, String body) {
    return stack
        .client()
        .agent(agent)
        .prepare("POST", path(), capability, Bytes.utf8(body))
        .withHeader("accept", "application/json, text/event-stream");
  }

  String path() {
    return "/mcp/" + server;
  }

  static JsonObject rpc(String method, JsonObject params) {
    return Json.createObjectBuilder()
        .add("jsonrpc", "2.0")
        .add("id", 1)
        .add("method", method)
        .add("params", params)
        .build();
  }

  static JsonObject params(String tool, JsonObject arguments) {
    return Json.createObjectBuilder().add("name", tool).add("arguments", arguments).build();
  }

  static JsonObject id(String note) {
    return Json.createObjectBuilder().add("id", note).build();
  }

  static JsonObject note(String note, String text) {
    return Json.createObjectBuilder().add("id", note).add("text", text).build();
  }

  /** A name that no other test of this run has; the notebook is bounded and outlives a run. */
  static String freshNote() {
    return "system-test-" + NOTES.incrementAndGet();
  }

  /** How often each tool was really called, and how many requests got through at all. */
  record Reached(Map<String, Long> calls, long requests) {}

  Reached reached() {
    var launched = stack.launcher().notes();
    return new Reached(launched.calls(), launched.admittedRequests());
  }
}
