package io.talos.client.http;

import io.talos.contracts.Bytes;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request with every header that its sender chose, its signature included: exactly what goes over
 * the wire, so that it can be kept, looked at, and sent again.
 *
 * @param method the HTTP method, upper case
 * @param uri the absolute target
 * @param headers by name, in the order in which they are sent; credentials are among them
 * @param body empty for a request without one
 */
public record PreparedRequest(String method, URI uri, Map<String, String> headers, Bytes body) {
  /** Copies. */
  public PreparedRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same request with one header set to another value. */
  public PreparedRequest withHeader(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new PreparedRequest(method, uri, changed, body);
  }

  /** Method and target only: the headers hold credentials. */
  @Override
  public String toString() {
    return "PreparedRequest[" + method + " " + uri + "]";
  }
}
