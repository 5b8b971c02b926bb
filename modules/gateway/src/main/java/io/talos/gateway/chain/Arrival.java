package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.port.OperatorToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the server handed it over.
 *
 * @param method HTTP method
 * @param rawPath path as received, never decoded
 * @param rawQuery query as received, without the question mark
 * @param headers values by lower-case name
 * @param clientAddress the connection's address
 * @param operator a token that the JWT feature has verified
 * @param body reads the body, up to a bound
 */
record Arrival(
    String method,
    String rawPath,
    Optional<String> rawQuery,
    Map<String, List<String>> headers,
    String clientAddress,
    Optional<OperatorToken> operator,
    BodyReader body) {

  /** Reads the body when the chain asks for it, and not before. */
  @FunctionalInterface
  interface BodyReader {
    /** The body's bytes; at most one more than {@code most}, so that too many can be seen. */
    Bytes read(int most);
  }

  /** Path and query as received. */
  String target() {
    return rawPath + rawQuery.map(query -> "?" + query).orElse("");
  }

  /** The one value of a header, or empty when it is absent or stands more than once. */
  Optional<String> single(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }
}
