package io.talos.bench.http;

import io.talos.client.Channel;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.registry.SurfaceRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The requests that are measured. The limit of one principal on one surface is not a setting, so
 * every workload has as many principals as its whole load needs to stay within their bursts.
 */
final class Workloads {
  private static final int MESSAGE_BYTES = 1024;
  private static final String WHOAMI = "/identity/whoami";

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

  /** A health probe of the server itself, which passes none of Talos' checks: the floor. */
  Workload probe() {
    return new Of("GET /health/live (no checks)", connections, i -> get("/health/live", Map.of()));
  }

  /** Nobody in particular asks. */
  Workload anonymous() {
    return new Of("GET /version (anonymous)", connections, i -> get("/version", Map.of()));
  }

  /** Agents sign. */
  Workload signed() {
    List<Signing> agents =
        cast.agents(principals("GET", WHOAMI)).stream().map(a -> new Signing(base, a)).toList();
    return new Of(
        "GET " + WHOAMI + " (signature)",
        agents.size(),
        i -> agents.get(i).request("GET", WHOAMI, Bytes.empty()));
  }

  /** Operators show a JSON Web Token. */
  Workload token() {
    return bearer("JWT", cast.tokens(principals("GET", WHOAMI)));
  }

  /** Clients show a virtual key. */
  Workload virtualKey() {
    return bearer("virtual key", cast.virtualKeys(principals("GET", WHOAMI)));
  }

  private Workload bearer(String kind, List<String> credentials) {
    return new Of(
        "GET " + WHOAMI + " (" + kind + ")",
        credentials.size(),
        i -> get(WHOAMI, Map.of("Authorization", "Bearer " + credentials.get(i))));
  }

  /** Agents send frames of 1 KiB, each in a session of its own. */
  Workload frames() {
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
