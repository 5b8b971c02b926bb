package io.talos.gateway.mcp;

import io.talos.contracts.Check;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An MCP server behind the gateway.
 *
 * @param name what agents and capabilities call it
 * @param url its streamable HTTP endpoint
 * @param credentialSecret name of the secret that the gateway shows it as a bearer token
 */
public record McpServer(
    String name, URI url, Optional<String> credentialSecret, Instant registeredAt) {
  /** What a name looks like. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** Checks name and URL. */
  public McpServer {
    Check.that(NAME.matcher(name).matches(), "an MCP server's name is lower-case words");
    Check.that(
        ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && url.getRawUserInfo() == null
            && url.getRawFragment() == null,
        "an MCP server's URL is http or https, without user or fragment");
  }
}
