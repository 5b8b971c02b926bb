package io.talos.gateway.mcp;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An MCP server behind the gateway.
 *
 * @param name what agents and capabilities call it
 * @param url its streamable HTTP endpoint
 * @param credentialSecret name of the secret that the gateway shows it as a bearer token
 * @param callPriceMicroUsd what a tool call costs, in millionths of a US dollar
 */
public record McpServer(
    String name,
    URI url,
    Optional<String> credentialSecret,
    long callPriceMicroUsd,
    Instant registeredAt) {
  /** What a name looks like. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** A million US dollars. */
  public static final long CALL_PRICE_MICRO_USD_MAX = 1_000_000_000_000L;

  private static final int PORT_MAX = 65_535;

  /** Checks name and URL. */
  public McpServer {
    Check.that(NAME.matcher(name).matches(), "an MCP server's name is lower-case words");
    Check.that(isEndpoint(url), "an MCP server's URL is http or https, without user or fragment");
    Check.that(
        callPriceMicroUsd >= 0 && callPriceMicroUsd <= CALL_PRICE_MICRO_USD_MAX,
        "a call costs something or nothing");
  }

  /**
   * Reads the URL of an endpoint.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when it is none
   */
  public static URI endpoint(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "no URL", e);
    }
    if (!isEndpoint(url) || url.getPort() == 0 || url.getPort() > PORT_MAX) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "no URL of an MCP server");
    }
    return url;
  }

  private static boolean isEndpoint(URI url) {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null;
  }
}
