package io.talos.gateway.mcp;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.http.GuardedHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends one message to an MCP server and reads its whole answer, both bounded. Thread safe. */
public final class Upstream implements AutoCloseable {
  /** Most calls that one node has open at once. */
  public static final int CALLS_MAX = 256;

  /** Most of them to one server. */
  public static final int SERVER_CALLS_MAX = 64;

  private static final int FIRST_VISIBLE = 0x21;
  private static final int LAST_VISIBLE = 0x7E;

  private final GuardedHttp http;

  /** Sends through {@code http}, which guards where it goes. */
  public Upstream(GuardedHttp http) {
    this.http = http;
  }

  /** What one call may take. */
  public static GuardedHttp.Bounds bounds(Duration timeout, int bytesMax) {
    return new GuardedHttp.Bounds(timeout, bytesMax, CALLS_MAX, SERVER_CALLS_MAX);
  }

  /**
   * What is sent.
   *
   * @param method {@code POST} or {@code DELETE}
   * @param sessionId the upstream's session
   * @param protocolVersion the {@code MCP-Protocol-Version} header
   */
  public record Call(
      String method,
      URI url,
      Bytes body,
      Optional<SecretBytes> credential,
      Optional<String> sessionId,
      Optional<String> protocolVersion) {}

  /** What came back. */
  public record Answer(int status, String contentType, Optional<String> sessionId, Bytes body) {}

  /**
   * Whether {@code url} may be sent to now.
   *
   * <p>Refuses with: {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}, {@link
   * ErrorCode#UPSTREAM_UNAVAILABLE}, {@link ErrorCode#UPSTREAM_TIMEOUT}.
   */
  public void check(URI url) {
    http.check(url);
  }

  /**
   * Sends; to an address that was checked for this very connection.
   *
   * <p>Refuses with: {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}, {@link
   * ErrorCode#UPSTREAM_TIMEOUT}, {@link ErrorCode#UPSTREAM_UNAVAILABLE}, {@link
   * ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE}, {@link ErrorCode#CONFIGURATION_INVALID} for a
   * credential that no header can carry.
   */
  public Answer send(Call call) {
    GuardedHttp.Answer answer =
        http.send(new GuardedHttp.Ask(call.method(), call.url(), fields(call), call.body()));
    return new Answer(
        answer.status(),
        answer.field("content-type").orElse(""),
        answer.field("mcp-session-id"),
        answer.body());
  }

  private static Map<String, String> fields(Call call) {
    Map<String, String> fields = new HashMap<>();
    fields.put("Accept", "application/json, text/event-stream");
    call.sessionId().ifPresent(id -> fields.put("Mcp-Session-Id", id));
    call.protocolVersion().ifPresent(v -> fields.put("MCP-Protocol-Version", v));
    call.credential().ifPresent(secret -> fields.put("Authorization", bearer(secret)));
    return fields;
  }

  private static String bearer(SecretBytes secret) {
    byte[] clear = secret.reveal();
    try {
      // A line break in a header would be a second header, of the secret's choice.
      for (byte octet : clear) {
        if (octet < FIRST_VISIBLE || octet > LAST_VISIBLE) {
          throw new TalosException(
              ErrorCode.CONFIGURATION_INVALID, "the upstream's credential cannot be sent");
        }
      }
      return "Bearer " + new String(clear, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
