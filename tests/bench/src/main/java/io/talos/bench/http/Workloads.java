package io.talos.bench.http;

import io.talos.client.Channel;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.registry.SurfaceRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The requests that are measured. The limit of one principal on one surface is not a setting, so
 * every workload has as many principals as its whole load needs to stay within their bursts.
 */
final class Workloads {
  private static final int MESSAGE_BYTES = 1024;
  private static final String WHOAMI = "/identity/whoami";
  private static final String MCP_SERVER = "bench";
  private static final String MCP_ACCEPT = "application/json, text/event-stream";
  private static final Bytes TOOL_CALL =
      Bytes.utf8(
          """
          {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note",\
          "arguments":{"title":"bench","text":"as much as a short note holds"}}}""");

  /** The floor of {@link #SIGNED}. */
  static final String BARE = "GET bare JAX-RS";

  /** The floor of {@link #TOOL}. */
  static final String BARE_FORWARD = "POST bare JAX-RS that forwards";

  /** A read by a known agent. */
  static final String SIGNED = "GET " + WHOAMI + " (signature)";

  /** A forwarded call by a known agent. */
  static final String TOOL = "POST tool call (signature, capability)";

  private final URI base;
  private final Cast cast;
  private final int requests;
  private final int connections;

  /**
   * Workloads on one server.
   *
   * @param requests how many each will be asked for, warm-up included
   * @param connections on how many connections at most
   */
  Workloads(URI base, Cast cast, int requests, int connections) {
    this.base = base;
    this.cast = cast;
    this.requests = requests;
    this.connections = connections;
  }

  private record Of(String name, int principals, IntFunction<WireRequest> requests)
      implements Workload {
    @Override
    public WireRequest next(int principal) {
      return requests.apply(principal);
    }
  }

  /** All of them, floors first. */
  List<Workload> all(Consumer<String> progress) {
    progress.accept("Making principals …");
    return List.of(
        bare(), bareForward(), anonymous(), signed(), token(), virtualKey(), toolCall(), frames());
  }

  /** A read and a forwarded call, by agents that sign. */
  List<Workload> ofAgents(Consumer<String> progress) {
    progress.accept("Making principals …");
    return List.of(signed(), toolCall());
  }

  /** JAX-RS without Talos, on the same server: the floor of a read. */
  private Workload bare() {
    return new Of(BARE, connections, i -> get("/bare/whoami", Map.of()));
  }

  /** JAX-RS without Talos that forwards a message: the floor of a tool call. */
  private Workload bareForward() {
    return new Of(
        BARE_FORWARD,
        connections,
        i ->
            WireRequest.of(
                "POST", base.resolve("/bare/forward"), Map.of("Accept", MCP_ACCEPT), TOOL_CALL));
  }

  /** Agents call a tool, each with a capability of its own. */
  private Workload toolCall() {
    String path = "/mcp/" + MCP_SERVER;
    List<Cast.Granted> agents = cast.granted(MCP_SERVER, principals("POST", path));
    List<Signing> signers = agents.stream().map(a -> new Signing(base, a.agent())).toList();
    return new Of(
        TOOL,
        agents.size(),
        i ->
            signers
                .get(i)
                .request("POST", path, Optional.of(agents.get(i).capability()), TOOL_CALL));
  }

  /** Nobody in particular asks. */
  private Workload anonymous() {
    return new Of("GET /version (anonymous)", connections, i -> get("/version", Map.of()));
  }

  /** Agents sign. */
  private Workload signed() {
    List<Signing> agents =
        cast.agents(principals("GET", WHOAMI)).stream().map(a -> new Signing(base, a)).toList();
    return new Of(SIGNED, agents.size(), i -> agents.get(i).request("GET", WHOAMI, Bytes.empty()));
  }

  /** Operators show a JSON Web Token. */
  private Workload token() {
    return bearer("JWT", cast.tokens(principals("GET", WHOAMI)));
  }

  /** Clients show a virtual key. */
  private Workload virtualKey() {
    return bearer("virtual key", cast.virtualKeys(principals("GET", WHOAMI)));
  }

  private Workload bearer(String kind, List<String> credentials) {
    return new Of(
        "GET " + WHOAMI + " (" + kind + ")",
        credentials.size(),
        i -> get(WHOAMI, Map.of("Authorization", "Bearer " + credentials.get(i))));
  }

  /** Agents send frames of 1 KiB, each in a session of its own. */
  private Workload frames() {
    List<Cast.Session> sessions = cast.sessions(principals("POST", "/a2a/sessions/any/frames"));
    List<Signing> signers =
        sessions.stream().map(session -> new Signing(base, session.alice())).toList();
    Bytes message = Randomness.secure().bytes(MESSAGE_BYTES);
    return new Of(
        "POST frame of 1 KiB (signature)",
        sessions.size(),
        i -> frame(signers.get(i), sessions.get(i).channel(), message));
  }

  private static WireRequest frame(Signing signer, Channel channel, Bytes message) {
    Bytes body = Bytes.utf8(Channel.submission(channel.seal(message)).toString());
    return signer.request("POST", "/a2a/sessions/" + channel.session() + "/frames", body);
  }

  private WireRequest get(String path, Map<String, String> headers) {
    return WireRequest.of("GET", base.resolve(path), headers, Bytes.empty());
  }

  /** Enough that no principal exceeds its burst, and the same number for each connection. */
  private int principals(String method, String path) {
    int burst =
        SurfaceRegistry.load()
            .find(method, path)
            .orElseThrow(() -> new IllegalStateException("no surface " + path))
            .rate()
            .burst();
    int needed = (requests + burst - 1) / burst;
    return (needed / connections + 1) * connections;
  }
}
