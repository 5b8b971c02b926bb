package io.talos.contracts.http;

import io.talos.contracts.port.UnverifiedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a request that a signature can cover.
 *
 * @param method the HTTP method as sent
 * @param targetUri the absolute target URI without a fragment, exactly as both sides see it
 * @param headers lines by lower-case header name, in the order sent
 */
public record SignableMessage(String method, String targetUri, Map<String, List<String>> headers) {
  /** Copies. */
  public SignableMessage {
    headers = Map.copyOf(headers);
  }

  /** The parts of a request that arrived. */
  public static SignableMessage of(UnverifiedRequest request) {
    return new SignableMessage(request.method(), request.targetUri(), request.headers());
  }

  /** All lines of a header, none when it is absent. */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
