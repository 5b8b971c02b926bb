package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived; nothing in it is proved yet.
 *
 * @param surface id of the registered surface that the server routed the request to
 * @param method the HTTP method, upper case
 * @param targetUri the configured public base URI followed by the raw path and query as received
 * @param headers values by lower-case header name, in the order received
 * @param body the body's bytes when there is one
 * @param clientAddress the caller's network address
 * @param operator a JSON Web Token that the server's MicroProfile JWT feature has verified
 */
public record UnverifiedRequest(
    String surface,
    String method,
    String targetUri,
    Map<String, List<String>> headers,
    Optional<Bytes> body,
    String clientAddress,
    Optional<OperatorToken> operator) {

  /** Copies. */
  public UnverifiedRequest {
    headers = Map.copyOf(headers);
  }

  /** All values of a header, none when it is absent. */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
