package io.talos.bench.http;

import io.talos.contracts.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire, made before the clock runs.
 *
 * @param bytes request line, headers and body
 */
public record WireRequest(Bytes bytes) {
  private static final String LINE_END = "\r\n";

  /** A request for HTTP/1.1 that keeps its connection. */
  public static WireRequest of(String method, URI target, Map<String, String> headers, Bytes body) {
    @Nullable String query = target.getRawQuery();
    StringBuilder head = new StringBuilder(method).append(' ').append(target.getRawPath());
    head.append(query == null ? "" : "?" + query);
    head.append(" HTTP/1.1").append(LINE_END);
    head.append("Host: ").append(target.getRawAuthority()).append(LINE_END);
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append(LINE_END));
    if (!body.isEmpty()) {
      head.append("Content-Type: application/json").append(LINE_END);
      head.append("Content-Length: ").append(body.size()).append(LINE_END);
    }
    head.append(LINE_END);
    byte[] text = head.toString().getBytes(StandardCharsets.US_ASCII);
    return new WireRequest(Bytes.of(text).concat(body));
  }
}
