package io.talos.gateway;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.SecretVault;
import io.talos.gateway.mcp.McpMessage;
import io.talos.gateway.mcp.McpServer;
import io.talos.gateway.mcp.SessionBinding;
import io.talos.gateway.mcp.Upstream;
import io.talos.gateway.store.McpServerStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Forwards a message that the chain let in.
 *
 * <p>The caller's own credentials never reach the upstream, and the upstream's never reach the
 * caller.
 *
 * <p>Refuses with: {@link ErrorCode#MCP_SERVER_NOT_FOUND}, {@link ErrorCode#NOT_FOUND} for a
 * session that is not the caller's, {@link ErrorCode#MCP_PROTOCOL} for a protocol version that is
 * none, {@link ErrorCode#SECRET_NOT_FOUND} and the {@code UPSTREAM_…} codes.
 */
@Dependent
public class ForwardMcp {
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int SESSION_GONE = 404;
  private static final int FIRST_SERVER_ERROR = 500;

  private final McpServerStore servers;
  private final SecretVault secrets;
  private final Upstream upstream;
  private final SessionBinding sessions;

  @Inject
  ForwardMcp(
      McpServerStore servers, SecretVault secrets, Upstream upstream, SessionBinding sessions) {
    this.servers = servers;
    this.secrets = secrets;
    this.upstream = upstream;
    this.sessions = sessions;
  }

  /**
   * A message of an agent.
   *
   * @param method {@code POST} or {@code DELETE}
   * @param agent the caller's id
   * @param server the server's name
   * @param session the {@code Mcp-Session-Id} that the agent sent
   * @param protocolVersion the {@code MCP-Protocol-Version} that the agent sent
   */
  public record Message(
      String method,
      String agent,
      String server,
      Bytes body,
      Optional<String> session,
      Optional<String> protocolVersion) {}

  /** Sends it and answers with what came back, the session bound to the agent. */
  public Upstream.Answer forward(Message message) {
    McpServer server =
        servers
            .find(message.server())
            .orElseThrow(
                () -> new TalosException(ErrorCode.MCP_SERVER_NOT_FOUND, message.server()));
    Upstream.Call call =
        new Upstream.Call(
            message.method(),
            server.url(),
            message.body(),
            server.credentialSecret().map(this::credential),
            message.session().map(bound -> open(message, bound)),
            message.protocolVersion().map(McpMessage::version));
    Upstream.Answer answer = upstream.send(call);
    refuseFailure(answer.status());
    return new Upstream.Answer(
        answer.status(),
        answer.contentType(),
        answer.sessionId().map(id -> sessions.bind(message.agent(), message.server(), id)),
        answer.body());
  }

  private String open(Message message, String bound) {
    return sessions
        .open(message.agent(), message.server(), bound)
        .orElseThrow(() -> new TalosException(ErrorCode.NOT_FOUND, "not the caller's session"));
  }

  private SecretBytes credential(String name) {
    return secrets
        .find(name)
        .orElseThrow(() -> new TalosException(ErrorCode.SECRET_NOT_FOUND, name));
  }

  private static void refuseFailure(int status) {
    if (status == SESSION_GONE) {
      throw new TalosException(ErrorCode.NOT_FOUND, "the upstream has no such session");
    }
    if (status >= FIRST_SERVER_ERROR) {
      throw new TalosException(ErrorCode.UPSTREAM_5XX, "status " + status);
    }
    if (status >= FIRST_CLIENT_ERROR) {
      throw new TalosException(ErrorCode.UPSTREAM_4XX, "status " + status);
    }
  }
}
