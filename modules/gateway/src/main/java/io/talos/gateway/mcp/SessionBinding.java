package io.talos.gateway.mcp;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.error.TalosException;
import java.util.Optional;

/**
 * Binds an upstream's MCP session to the agent that opened it.
 *
 * <p>All agents reach an upstream with one credential, so the upstream cannot tell them apart. The
 * gateway hands out {@code <b64u upstream id>.<b64u HMAC over agent, server and id>}; another
 * agent's, or a made-up id, is no session.
 */
public final class SessionBinding {
  /** Longest session id that is looked at, in characters. */
  public static final int CHARACTERS_MAX = 1024;

  private final SecretBytes key;

  /** Binds under {@code key}. */
  public SessionBinding(SecretBytes key) {
    this.key = key;
  }

  /** What the agent is given for the upstream's session. */
  public String bind(String agent, String server, String upstreamId) {
    Bytes id = Bytes.utf8(upstreamId);
    return Base64Url.encode(id) + "." + Base64Url.encode(tag(agent, server, id));
  }

  /** The upstream's session id, when {@code bound} was handed to this agent for this server. */
  public Optional<String> open(String agent, String server, String bound) {
    int dot = bound.indexOf('.');
    if (bound.length() > CHARACTERS_MAX || dot < 0) {
      return Optional.empty();
    }
    try {
      Bytes id = Base64Url.decode(bound.substring(0, dot));
      Bytes tag = Base64Url.decode(bound.substring(dot + 1));
      return HmacSha256.verify(key, message(agent, server, id), tag)
          ? Optional.of(id.utf8())
          : Optional.empty();
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  private Bytes tag(String agent, String server, Bytes id) {
    return HmacSha256.tag(key, message(agent, server, id));
  }

  private static Bytes message(String agent, String server, Bytes id) {
    // Neither an agent's id nor a server's name can hold a line feed.
    return Bytes.utf8("talos:mcp-session:v1\n" + agent + "\n" + server + "\n").concat(id);
  }
}
